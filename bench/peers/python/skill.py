"""One intent of AlexaCRM's in Python with Alexa's SDK: names are read back, and the lead is kept in the session."""

import os

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import get_slot_value, is_intent_name
from ask_sdk_model.dialog import ConfirmIntentDirective
from ask_sdk_model.ui import SsmlOutputSpeech

builder = SkillBuilder()
builder.skill_id = os.environ["ALEXA_SKILL_ID"]


@builder.request_handler(can_handle_func=is_intent_name("CreateLeadIntent"))
def create_lead(handler_input: HandlerInput):
    """Asks whether the names were heard right."""
    lead = {name: get_slot_value(handler_input, name) for name in ("firstName", "lastName", "company")}
    handler_input.attributes_manager.session_attributes["pendingLead"] = lead
    question = "I'll create a lead for {firstName} {lastName} at {company}. Is that right?".format(**lead)
    response = handler_input.response_builder.set_should_end_session(False).add_directive(ConfirmIntentDirective())
    response.response.output_speech = SsmlOutputSpeech(ssml=f"<speak>{question}</speak>")
    return response.response


handler = builder.lambda_handler()
