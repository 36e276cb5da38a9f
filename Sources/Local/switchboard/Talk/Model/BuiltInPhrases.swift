/// Typical utterances for Amazon's built-in intents, which need no samples in a model.
///
/// Those of English are on Amazon's page "Standard Built-in Intents" but for a few; Alexa itself knows many more.
struct BuiltInPhrases {
    let yes: [String]
    let no: [String]
    private let others: [String: [String]]

    /// The phrases of a locale's language; English where the language is not known.
    init(locale: String) {
        switch locale.prefix(2) {
        case "de": self = Self.german
        case "es": self = Self.spanish
        default: self = Self.english
        }
    }

    private init(yes: [String], no: [String], _ others: [String: [String]]) {
        self.yes = yes
        self.no = no
        self.others = others
    }

    /// Returns the phrases of an intent; none for one that is not built in.
    func phrases(of intent: String) -> [String] {
        switch intent {
        case "AMAZON.YesIntent": yes
        case "AMAZON.NoIntent": no
        default: others[intent] ?? []
        }
    }

    private static let english = BuiltInPhrases(
        yes: [
            "yes", "yes please", "yeah", "yep", "yup", "sure", "okay", "ok", "of course", "correct", "that's right",
            "exactly", "go ahead", "please do", "that's correct", "yes that's right", "yes that's correct", "right",
            "absolutely",
        ], no: ["no", "no thanks", "no thank you", "nope", "nah", "don't", "that's wrong", "not really"],
        [
            "AMAZON.HelpIntent": [
                "help", "help me", "can you help me", "help please", "please help", "what can I do", "what can you do",
                "what can I say",
            ],
            "AMAZON.StopIntent": ["stop", "quit", "exit", "off", "shut up"],
            "AMAZON.CancelIntent": ["cancel", "never mind", "forget it"],
            "AMAZON.NavigateHomeIntent": ["go home", "home", "home screen"],
            "AMAZON.PauseIntent": ["pause", "pause that"],
            "AMAZON.ResumeIntent": ["resume", "continue", "keep going"],
            "AMAZON.NextIntent": ["next", "skip", "skip forward"],
            "AMAZON.PreviousIntent": ["previous", "go back", "skip back", "back up"],
            "AMAZON.RepeatIntent": ["repeat", "say that again", "repeat that"],
            "AMAZON.StartOverIntent": ["start over", "restart", "start again"],
            "AMAZON.LoopOnIntent": ["loop", "loop on"], "AMAZON.LoopOffIntent": ["loop off", "stop looping"],
            "AMAZON.ShuffleOnIntent": ["shuffle", "shuffle on", "shuffle mode"],
            "AMAZON.ShuffleOffIntent": ["shuffle off", "stop shuffling", "turn off shuffle"],
        ])

    private static let german = BuiltInPhrases(
        yes: [
            "ja", "ja bitte", "jawohl", "jo", "jep", "jup", "gerne", "ja gerne", "genau", "stimmt", "das stimmt",
            "richtig",
            "na klar", "klar", "natürlich", "passt", "okay", "ok", "ja genau", "ja das stimmt", "ja stimmt",
            "das ist richtig",
        ], no: ["nein", "nein danke", "nö", "nee", "stimmt nicht", "das stimmt nicht", "falsch", "lieber nicht"],
        [
            "AMAZON.HelpIntent": [
                "hilfe", "hilf mir", "hilfe bitte", "bitte hilf mir", "kannst du mir helfen", "was kannst du",
                "was kann ich sagen",
            ],
            "AMAZON.StopIntent": ["stopp", "stop", "beenden", "schluss"],
            "AMAZON.CancelIntent": ["abbrechen", "vergiss es"],
            "AMAZON.NavigateHomeIntent": ["startseite", "nach hause"],
            "AMAZON.PauseIntent": ["pause", "pausiere", "anhalten", "halt an"],
            "AMAZON.ResumeIntent": ["weiter", "fortsetzen", "mach weiter", "weitermachen"],
            "AMAZON.NextIntent": ["nächster", "nächstes", "nächster titel", "überspringen", "weiterspringen"],
            "AMAZON.PreviousIntent": ["vorheriger", "vorheriger titel", "zurück"],
            "AMAZON.RepeatIntent": ["wiederholen", "wiederhole", "wiederhole das", "nochmal", "noch einmal"],
            "AMAZON.StartOverIntent": ["von vorne", "neu starten"],
            "AMAZON.LoopOnIntent": ["wiederholung an", "schleife an"],
            "AMAZON.LoopOffIntent": ["wiederholung aus", "schleife aus"],
            "AMAZON.ShuffleOnIntent": ["zufallswiedergabe", "zufallswiedergabe an"],
            "AMAZON.ShuffleOffIntent": ["zufallswiedergabe aus"],
        ])

    private static let spanish = BuiltInPhrases(
        yes: [
            "sí", "si", "sí por favor", "claro", "claro que sí", "vale", "sip", "eso es", "correcto", "exacto",
            "de acuerdo",
            "por supuesto", "venga", "así es", "ok", "okey", "sí eso es", "sí correcto",
        ], no: ["no", "no gracias", "qué va", "no es correcto", "para nada", "mejor no"],
        [
            "AMAZON.HelpIntent": [
                "ayuda", "ayúdame", "ayuda por favor", "puedes ayudarme", "qué puedes hacer", "qué puedo decir",
            ],
            "AMAZON.StopIntent": ["para", "parar", "stop", "detente", "basta", "salir"],
            "AMAZON.CancelIntent": ["cancela", "cancelar", "olvídalo"],
            "AMAZON.NavigateHomeIntent": ["inicio", "pantalla de inicio"],
            "AMAZON.PauseIntent": ["pausa", "pausar"],
            "AMAZON.ResumeIntent": ["continúa", "continuar", "sigue", "reanuda", "reanudar"],
            "AMAZON.NextIntent": ["siguiente", "salta"], "AMAZON.PreviousIntent": ["anterior", "atrás"],
            "AMAZON.RepeatIntent": ["repite", "repetir", "otra vez"], "AMAZON.StartOverIntent": ["empieza de nuevo"],
            "AMAZON.LoopOnIntent": ["activa la repetición"], "AMAZON.LoopOffIntent": ["desactiva la repetición"],
            "AMAZON.ShuffleOnIntent": ["modo aleatorio"], "AMAZON.ShuffleOffIntent": ["desactiva el modo aleatorio"],
        ])
}
