// The groups of the fake's log, each with its events.

export const GROUPS = [
  ["checks", "Checks", ["stated", "confirmed", "overridden", "deferred", "not_applicable", "undone"]],
  ["messages", "Messages", ["draft_kept", "draft_dropped", "sent_by_hand"]],
  [
    "people",
    "People",
    [
      "person_named",
      "actor_chosen",
      "contact_filled",
      "contact_proven",
      "contact_added",
      "contact_tried",
      "channel_filled",
    ],
  ],
  ["notes", "Notes", ["noted", "note_lesson"]],
  [
    "watch",
    "Watch",
    ["acknowledge", "silence", "lift_silence", "extend_deadline", "confirm_unit", "test_notification", "answer_test"],
  ],
  [
    "decisions",
    "Decisions",
    ["arm_command", "disarm_command", "accept_binding", "drop_binding", "hand_over", "take_over"],
  ],
  ["gates", "Gates", ["enter_gate", "pass_gate", "override_gate", "go_back"]],
  ["room", "Room", ["opened", "plan_reread", "closed", "reopened"]],
] as const;
