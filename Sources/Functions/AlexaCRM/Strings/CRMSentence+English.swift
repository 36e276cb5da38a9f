extension CRMSentence {
    static let english: [CRMSentence: String] = [
        .welcome:
            "Welcome to your CRM assistant. You can ask for your top lead, or create a lead. What would you like "
            + "to do?",
        .help: "You can say, get my top lead. Or, create a lead. What would you like to do?",
        .goodbye: "Goodbye.",
        .fallback:
            "Sorry, I didn't get that. You can ask for your top lead, or create a lead. What would you like to do?",
        .topLead: "I found this lead which I think you should work on, Name is {name}, Contact email is {email}",
        .topLeadWithoutEmail: "Your top lead is {name}. There is no email address for this lead.",
        .topLeadTitle: "Your top lead",
        .noLead: "You have no open leads.",
        .helpName:
            "Say the name of the person, for example, Maria Lopez. Or say cancel. What is the first and last name?",
        .helpCompany: "Say the name of the company, for example, Acme. Or say cancel. Which company is the lead from?",
        .helpConfirm:
            "Say yes, and I'll create the lead. Say no, and I won't. The lead is {name} at {company}. Is that right?",
        .nameAgain: "Sorry, I didn't get that. What is the first and last name?",
        .companyAgain: "Sorry, I didn't get that. Which company is the lead from?",
        .confirmAgain: "Sorry, I didn't get that. I'll create a lead for {name} at {company}. Is that right?",
        .whichName: "What is the first and last name?",
        .whichCompany: "Which company is the lead from?",
        .confirm: "I'll create a lead for {name} at {company}. Is that right?",
        .created: "Here is the Lead I created: {name}, {company}",
        .createdTitle: "Lead created",
        .dropped: "Okay, I didn't create the lead.",
        .wait: "One moment, I'm still waiting for your CRM.",
        .linkAccount:
            "Please link your CRM account first. I've sent a card to the Alexa app. Open it there, and sign in.",
        .linkAccountAgain:
            "Your CRM no longer accepts your sign-in. I've sent a card to the Alexa app. Open it there, and link "
            + "your account again.",
        .accountRefused: "Your CRM didn't accept the skill's sign-in. Please tell the person who set it up.",
        .forbidden: "Your CRM doesn't allow you to do that.",
        .duplicate: "Your CRM already has a lead like this one, so I didn't create another.",
        .missingField: "Your CRM needs more details about the lead than I can ask for, so I didn't create it.",
        .notAccepted: "Your CRM didn't accept that. Please try again in other words.",
        .slow: "Your CRM is taking too long to answer. Please try again later.",
        .down: "I can't reach your CRM right now. Please try again later.",
        .unconfirmed: "I can't tell whether the lead was created. Please check your CRM before you try again.",
    ]
}
