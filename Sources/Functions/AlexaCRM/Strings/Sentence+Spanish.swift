extension Sentence {
    static let spanish: [Sentence: String] = [
        .welcome:
            "Te doy la bienvenida a tu asistente de CRM. Puedes preguntar por tu cliente potencial principal o crear uno. "
            + "¿Qué quieres hacer?",
        .help:
            "Puedes decir: mi cliente potencial principal. O bien: crea un cliente potencial. ¿Qué quieres hacer?",
        .goodbye: "Hasta luego.",
        .fallback:
            "Perdona, no te he entendido. Puedes preguntar por tu cliente potencial principal o crear uno. "
            + "¿Qué quieres hacer?",
        .topLead:
            "He encontrado este cliente potencial en el que deberías trabajar: el nombre es {name} y el correo es {email}",
        .topLeadWithoutEmail:
            "He encontrado este cliente potencial en el que deberías trabajar: el nombre es {name}. No tiene correo.",
        .topLeadTitle: "Tu cliente potencial principal",
        .noLead: "No he encontrado ningún cliente potencial abierto tuyo.",
        .whichName: "¿Cuáles son el nombre y el apellido?",
        .whichCompany: "¿De qué empresa es el cliente potencial?",
        .confirm: "Voy a crear un cliente potencial para {name} de {company}. ¿Es correcto?",
        .created: "Este es el cliente potencial que he creado: {name}, {company}",
        .createdTitle: "Cliente potencial creado",
        .dropped: "De acuerdo, no he creado el cliente potencial.",
        .wait: "Un momento, sigo esperando a tu CRM.",
        .linkAccount:
            "Vincula primero tu cuenta de CRM. Te he enviado una tarjeta a la aplicación Alexa: ábrela allí e inicia "
            + "sesión.",
        .linkAccountAgain:
            "Tu CRM ya no acepta tu inicio de sesión. Te he enviado una tarjeta a la aplicación Alexa: ábrela allí y vuelve "
            + "a vincular tu cuenta.",
        .accountRefused: "Tu CRM no ha aceptado el inicio de sesión de la skill. Avisa a quien la configuró.",
        .forbidden: "Tu CRM no te permite hacer eso.",
        .duplicate: "Ya hay un cliente potencial como este en tu CRM, así que no lo he creado.",
        .missingField: "Tu CRM pide más datos de los que puedo preguntar, así que no he creado el cliente potencial.",
        .notAccepted: "Tu CRM no lo ha aceptado. Inténtalo de nuevo con otras palabras.",
        .slow: "Tu CRM tarda demasiado en responder. Inténtalo más tarde.",
        .down: "Ahora mismo no puedo conectar con tu CRM. Inténtalo más tarde.",
        .unconfirmed:
            "No sé con seguridad si se ha creado el cliente potencial. Míralo en tu CRM antes de volver a intentarlo.",
    ]
}
