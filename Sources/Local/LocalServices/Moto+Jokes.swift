extension Moto.Bucket {
    /// A bucket for `AUDIO_BUCKET`: tones of 10 s for English, German and Spanish under `jokes/<language>/`, under keys
    /// that are easily encoded wrongly, and beside them what is no audio and must never be played.
    package static func jokes(named name: String) -> Moto.Bucket {
        let tones = spoken.enumerated().map { index, key in
            (key: key, bytes: Tone(hertz: 220 + 20 * index, seconds: 10).wave)
        }
        return Moto.Bucket(name, objects: tones + traps)
    }

    /// The keys that may be played.
    package static let spoken = [
        "jokes/en/100% funny.wav", "jokes/en/knock knock.wav", "jokes/en/one+one.wav", "jokes/en/why:the chicken.wav",
        "jokes/de/Fritzchen & die Lehrerin.wav", "jokes/de/Grüße aus Köln.wav", "jokes/de/Häschenwitz.wav",
        "jokes/de/flachwitz-1.wav",
        "jokes/es/Jaimito y la niña.WAV", "jokes/es/¿cuál es el colmo?.wav", "jokes/es/suegra 😂.wav",
        "jokes/es/un pez=nada.wav",
    ]

    /// Folders, as S3's console makes them, other files, and a language without audio.
    private static let traps: [(key: String, bytes: [UInt8])] = [
        ("jokes/", []), ("jokes/en/", []), ("jokes/de/", []), ("jokes/es/", []), ("jokes/en/older.wav/", []),
        ("jokes/en/readme.txt", Array("No audio.".utf8)), ("jokes/de/liste.wav.txt", Array("No audio.".utf8)),
        ("jokes/es/wav", Array("No audio.".utf8)),
        ("jokes/fr/", []), ("jokes/fr/lisez-moi.txt", Array("No audio.".utf8)),
        ("private/not for listeners.wav", Tone(hertz: 110, seconds: 1).wave),
    ]
}
