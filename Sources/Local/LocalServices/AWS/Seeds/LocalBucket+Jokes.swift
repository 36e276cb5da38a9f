extension LocalBucket {
    /// A bucket for `AUDIO_BUCKET`: tones of 10 s for English, German and Spanish under `jokes/<language>/`, under keys
    /// that are easily encoded wrongly, and beside them objects that are not audio and must never be played.
    package static func jokes(named name: String) -> LocalBucket {
        let tones = spoken.enumerated().map { index, key in
            (key: key, bytes: Tone(hertz: 250 + 42 * index, seconds: 10).mp3)
        }
        return LocalBucket(name, objects: tones + traps)
    }

    /// The keys that may be played.
    package static let spoken = [
        "jokes/en/100% funny.mp3", "jokes/en/knock knock.mp3", "jokes/en/one+one.mp3", "jokes/en/why:the chicken.mp3",
        "jokes/de/Fritzchen & die Lehrerin.mp3", "jokes/de/Grüße aus Köln.mp3", "jokes/de/Häschenwitz.mp3",
        "jokes/de/flachwitz-1.mp3",
        "jokes/es/Jaimito y la niña.MP3", "jokes/es/¿cuál es el colmo?.mp3", "jokes/es/suegra 😂.mp3",
        "jokes/es/un pez=nada.mp3",
    ]

    /// Folders in the form of S3's console, other files, and a language without audio.
    private static let traps: [(key: String, bytes: [UInt8])] = [
        ("jokes/", []), ("jokes/en/", []), ("jokes/de/", []), ("jokes/es/", []), ("jokes/en/older.mp3/", []),
        ("jokes/en/readme.txt", Array("No audio.".utf8)), ("jokes/de/liste.mp3.txt", Array("No audio.".utf8)),
        ("jokes/es/mp3", Array("No audio.".utf8)), ("jokes/en/not for this player.wav", Array("RIFF".utf8)),
        ("jokes/fr/", []), ("jokes/fr/lisez-moi.txt", Array("No audio.".utf8)),
        ("private/not for listeners.mp3", Tone(hertz: 110, seconds: 1).mp3),
    ]
}
