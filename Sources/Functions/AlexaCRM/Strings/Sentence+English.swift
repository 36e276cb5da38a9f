extension Sentence {
    static let english: [Sentence: String] = [
        .welcome:
            "Welcome to your CRM assistant. You can ask for your top lead, or create a lead. What would you like?",
        .help: "You can say: get my top lead. Or: create a lead. What would you like?",
        .goodbye: "Goodbye.",
        .fallback:
            "Sorry, I did not get that. You can ask for your top lead, or create a lead. What would you like?",
        .topLead:
            "I found this lead which I think you should work on, Name is {name}, Contact email is {email}",
        .topLeadWithoutEmail:
            "I found this lead which I think you should work on, Name is {name}. There is no contact email.",
        .topLeadTitle: "Your top lead",
        .noLead: "I found no open lead of yours.",
        .whichName: "What is the first and last name?",
        .whichCompany: "Which company is the lead from?",
        .confirm: "I will create a lead for {name} at {company}. Is that right?",
        .created: "Here is the Lead I created: {name}, {company}",
        .createdTitle: "Lead created",
        .dropped: "Okay, I did not create the lead.",
        .wait: "One moment, I am still waiting for your CRM.",
        .linkAccount:
            "Please link your CRM account first. I have sent a card to the Alexa app: open it there, and sign in.",
        .linkAccountAgain:
            "Your CRM does not accept your sign-in any more. I have sent a card to the Alexa app: open it there, and link "
            + "your account again.",
        .accountRefused: "Your CRM did not accept the skill's sign-in. Please tell whoever set it up.",
        .forbidden: "Your CRM does not allow you to do that.",
        .duplicate: "There is already a lead like this one in your CRM, so I did not create it.",
        .missingField: "Your CRM needs more about the lead than I can ask for, so I did not create it.",
        .notAccepted: "Your CRM did not accept that. Please try again with other words.",
        .slow: "Your CRM is taking too long to answer. Please try again later.",
        .down: "I cannot reach your CRM right now. Please try again later.",
        .unconfirmed:
            "I cannot tell whether the lead was created. Please look in your CRM before you try again.",
    ]
}
