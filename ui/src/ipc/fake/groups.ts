// The kinds of the fake's log, each with its events: id, all of them, one of them.

export const GROUPS = [
  [
    "ticks",
    "Ticks",
    "Tick",
    ["stated", "confirmed", "overridden", "deferred", "not_applicable", "undone", "state_step"],
  ],
  ["observed", "Observed", "Observed", ["observed", "hold_turned", "verdict_turned"]],
  [
    "room",
    "Room",
    "Room",
    [
      "opened",
      "plan_reread",
      "closed",
      "reopened",
      "person_named",
      "actor_chosen",
      "accept_binding",
      "drop_binding",
      "hand_over",
      "take_over",
    ],
  ],
  ["commands", "Commands", "Command", ["arm_command", "disarm_command", "ran"]],
  ["notes", "Notes", "Note", ["noted", "corrected", "note_lesson"]],
  ["messages", "Messages", "Message", ["draft_kept", "draft_dropped", "sent_by_hand"]],
  ["votes", "Votes", "Vote", ["voted"]],
  ["gates", "Gates", "Gate", ["enter_gate", "pass_gate", "override_gate", "go_back", "roll_back", "stand_down"]],
  [
    "alerts",
    "Alerts",
    "Alert",
    [
      "alert_fired",
      "acknowledge",
      "silence",
      "lift_silence",
      "extend_deadline",
      "confirm_unit",
      "test_notification",
      "answer_test",
    ],
  ],
  ["calls", "Calls", "Call", ["contact_filled", "contact_proven", "contact_added", "contact_tried", "channel_filled"]],
] as const;
