extension CRMSentence {
    static let spanish: [CRMSentence: String] = [
        .welcome:
            "Te doy la bienvenida a tu asistente de CRM. Puedes preguntar por tu mejor cliente potencial o crear "
            + "uno nuevo. ¿Qué quieres hacer?",
        .help:
            "Puedes decir, por ejemplo: ¿quién es mi mejor cliente potencial? O bien: crea un cliente potencial. "
            + "¿Qué quieres hacer?",
        .goodbye: "Hasta luego.",
        .fallback:
            "Perdona, no te he entendido. Puedes preguntar por tu mejor cliente potencial o crear uno nuevo. "
            + "¿Qué quieres hacer?",
        .topLead: "Tu mejor cliente potencial es {name}. Su correo electrónico es {email}.",
        .topLeadWithoutEmail: "Tu mejor cliente potencial es {name}. No tiene correo electrónico.",
        .topLeadTitle: "Tu mejor cliente potencial",
        .noLead: "No tienes clientes potenciales abiertos.",
        .helpName:
            "Dime el nombre de la persona, por ejemplo: María López. O di: cancelar. ¿Cuál es el nombre completo?",
        .helpCompany:
            "Dime el nombre de la empresa, por ejemplo: Panadería Sol. O di: cancelar. ¿De qué empresa es?",
        .helpConfirm:
            "Si dices que sí, lo creo; si dices que no, no lo creo. El cliente potencial es {name}, de {company}. "
            + "¿Es correcto?",
        .nameAgain: "Perdona, no te he entendido. ¿Cuál es el nombre completo?",
        .companyAgain: "Perdona, no te he entendido. ¿De qué empresa es?",
        .confirmAgain:
            "Perdona, no te he entendido. Voy a crear el cliente potencial {name}, de {company}. ¿Es correcto?",
        .whichName: "¿Cuál es el nombre completo?",
        .whichCompany: "¿De qué empresa es?",
        .confirm: "Voy a crear el cliente potencial {name}, de {company}. ¿Es correcto?",
        .created: "He creado el cliente potencial {name}, de {company}.",
        .createdTitle: "Cliente potencial creado",
        .dropped: "De acuerdo, no he creado el cliente potencial.",
        .wait: "Un momento, sigo esperando la respuesta de tu CRM.",
        .linkAccount:
            "Primero tienes que vincular tu cuenta de CRM. Te he enviado una tarjeta a la aplicación Alexa. "
            + "Ábrela e inicia sesión.",
        .linkAccountAgain:
            "Tu CRM ya no acepta tu inicio de sesión. Te he enviado una tarjeta a la aplicación Alexa. Ábrela y "
            + "vuelve a vincular tu cuenta.",
        .accountRefused: "Tu CRM ha rechazado el inicio de sesión de la skill. Avisa a la persona que la configuró.",
        .forbidden: "No tienes permiso para hacer eso en tu CRM.",
        .duplicate: "Ya hay un cliente potencial como este en tu CRM, así que no he creado otro.",
        .missingField: "Tu CRM pide más datos de los que puedo preguntarte, así que no he creado el cliente potencial.",
        .notAccepted: "Tu CRM no lo ha aceptado. Inténtalo de nuevo con otras palabras.",
        .slow: "Tu CRM está tardando demasiado en responder. Inténtalo más tarde.",
        .down: "Ahora mismo no puedo conectar con tu CRM. Inténtalo más tarde.",
        .unconfirmed: "No sé si se ha creado el cliente potencial. Compruébalo en tu CRM antes de volver a intentarlo.",
    ]
}
