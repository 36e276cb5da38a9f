import Alexa

/// Everything that the skill says or shows. `name`, `email` and `company` are filled in.
enum CRMSentence: String, CaseIterable, Sendable {
    case welcome, help, goodbye, fallback
    case topLead, topLeadWithoutEmail, topLeadTitle, noLead
    case helpName, helpCompany, helpConfirm, nameAgain, companyAgain, confirmAgain
    case whichName, whichCompany, confirm, created, createdTitle, dropped
    case wait
    case linkAccount, linkAccountAgain, accountRefused, forbidden, duplicate, missingField, notAccepted
    case slow, down, unconfirmed

    static let strings = SkillStrings<CRMSentence>(
        fallback: "en-US", ["en-US": english, "en-GB": english, "de-DE": german, "es-ES": spanish])
}
