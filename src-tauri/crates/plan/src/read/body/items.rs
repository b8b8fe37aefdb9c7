//! How an item is made, whatever it was made from.

use super::{Bodies, EntryKind, Holder, Task};
use crate::model::{
    Block, Choice, Few, Field, Inline, Inlines, Item, ItemId, ItemKind, Level, Origin, SectionKind, SourceMark, Text,
    When,
};
use crate::read::document::Document;
use crate::read::held::{self, Head};
use crate::read::hints::Hints;
use crate::read::notes::{Note, Notes};
use crate::read::outline::{Outline, Path};
use crate::read::source::Source;
use crate::read::{choice, fields, steps};

/// What is known of an item before it has a place.
pub(super) struct Draft {
    pub(super) text: Text,
    pub(super) inlines: Inlines,
    pub(super) state: SourceMark,
    pub(super) origin: Origin,
    pub(super) choices: Vec<Choice>,
    pub(super) fields: Vec<Field>,
    pub(super) owner: Option<Text>,
    pub(super) due: Option<When>,
    pub(super) expected: Option<Text>,
    /// What its words may say, where they were looked at and nobody changes them.
    hints: Option<Hints>,
}

impl Draft {
    /// What says `inlines`.
    pub(super) fn new(inlines: Inlines, state: SourceMark, origin: Origin) -> Self {
        let text = Inline::trimmed(&inlines);
        let fields = fields::of(&text);
        Self {
            text,
            inlines,
            state,
            origin,
            choices: Vec::new(),
            fields,
            owner: None,
            due: None,
            expected: None,
            hints: None,
        }
    }

    /// A list entry with a box that Markdown knows.
    pub(super) fn of_box(inlines: Inlines, ticked: bool) -> Self {
        let state = if ticked { SourceMark::Claimed } else { SourceMark::Open };
        let text = Inline::trimmed(&inlines);
        let hints = Hints::of(&text);
        // Most hold neither a second box nor a blank.
        let may_ask = hints.signs.has(b'[') || hints.signs.has_others();
        Self {
            choices: if may_ask { choice::of_box(&text, state) } else { Vec::new() },
            fields: if hints.signs.has(b'_') { fields::of(&text) } else { Vec::new() },
            text,
            inlines,
            state,
            origin: Origin::Box,
            owner: None,
            due: None,
            expected: None,
            hints: Some(hints),
        }
    }
}

impl Bodies {
    /// Gives an item its place and name; its number.
    pub(super) fn item(
        &mut self,
        source: &Source<'_>,
        outline: &mut Outline,
        task: &Task,
        line: usize,
        draft: Draft,
    ) -> usize {
        let text = draft.text.clone();
        let at = self.place(source, outline, task, line, draft);
        let hints = self.item_hints.get(at).copied().unwrap_or_default();
        self.entry_of(task, line, text, hints, EntryKind::Item(at));
        at
    }

    /// The same for what has an entry of another kind.
    pub(super) fn place(
        &mut self,
        source: &Source<'_>,
        outline: &mut Outline,
        task: &Task,
        line: usize,
        draft: Draft,
    ) -> usize {
        let parent = task.item.filter(|_| matches!(task.holder, Holder::Item(_)));
        let above = match parent {
            Some(parent) => self.path_below(outline, parent, task.section),
            None => outline.path(task.section),
        };
        // What is no box is named apart, so that it moves no box's number among its equals.
        let path = match draft.origin {
            Origin::Box => above,
            Origin::Recovered => above.and("recovered"),
            Origin::Step => above.and("step"),
        };
        let ordinal = self.ordinals.next(path.equals_of("item"), &draft.text);
        let path = path.and(&draft.text);
        let id = ItemId::at(path.ids.clone(), ordinal);
        let at = self.items.len();
        if parent.is_none() && draft.origin == Origin::Box {
            self.below = Some((at, task.section, path));
        }
        let hints = draft.hints.unwrap_or_else(|| Hints::of(&draft.text));
        let owner = task.owner.and_then(|owner| self.owners.get(owner)).cloned();
        self.items.push(Item {
            id: id.clone(),
            range: source.whole_line(line),
            text: draft.text,
            inlines: draft.inlines,
            section: outline.section(task.section).map(|section| section.id.clone()),
            parent: parent.and_then(|parent| self.items.get(parent)).map(|item| item.id.clone()),
            depth: task.depth,
            state: draft.state,
            origin: draft.origin,
            choices: draft.choices.into(),
            fields: draft.fields.into(),
            owner: draft.owner.or(owner),
            due: draft.due.map(Box::new),
            kind: ItemKind::Check,
            children: Few::new(),
            blocks: Few::new(),
            commands: Few::new(),
            expected: draft.expected,
        });
        self.item_sections.push(task.section);
        self.item_hints.push(hints);
        self.parents.push(parent);
        if let Some(section) = task.section {
            self.firsts.set_first(section, at);
        }
        match parent.and_then(|parent| self.items.get_mut(parent)) {
            Some(parent) => parent.children.push(id),
            None => self.put(outline, task.holder, Block::Item { id }),
        }
        at
    }

    /// What stands above the items below one: those of one item stand behind each other, the first right behind it.
    fn path_below(&mut self, outline: &Outline, item: usize, section: Option<usize>) -> Path {
        let path = match self.below.take() {
            Some((at, of, path)) if (at, of) == (item, section) => path,
            _ => match self.items.get(item) {
                Some(item) => outline.path(section).and(&item.text),
                None => outline.path(section),
            },
        };
        self.below = Some((item, section, path.clone()));
        path
    }

    /// A heading that is a gate becomes an item, which whoever passes it ticks.
    pub(super) fn head(
        &mut self,
        document: &Document,
        source: &Source<'_>,
        outline: &mut Outline,
        section: usize,
        has_box: bool,
    ) {
        if let Some(head) = held::of(document, outline, section, &self.heads)
            && let Some(heading) = outline.section(Some(section))
        {
            let mut draft = Draft::new(heading.inlines.clone(), SourceMark::Open, Origin::Step);
            draft.text.clone_from(&heading.text);
            let task = Task::top(document.node(0).first().unwrap_or_default(), Holder::Section(section), Some(section));
            let item = self.item(source, outline, &task, heading.line, draft);
            self.heads.insert(section, Head { item, ..head });
        }
        let over = held::over(&self.heads, outline, Some(section));
        self.is_held = over.is_some();
        // What a phase waits for is looked at in that phase.
        if over.is_some_and(|head| head.share_percent.is_some())
            && let Some(section) = outline.sections.get_mut(section)
            && section.kind == SectionKind::Success
        {
            section.kind = SectionKind::Phase;
        }
        // What somebody decides by is all that stands below, with or without a verb.
        if over.is_some_and(|head| head.share_percent.is_none()) {
            self.work.plain |= !has_box;
            self.work.statements |= !has_box;
        }
    }

    /// The lines of a drawn tree that tell what to do, and when.
    pub(super) fn tree(&mut self, source: &Source<'_>, outline: &mut Outline, task: &Task, first: usize, text: &str) {
        if !(self.work.plain || self.work.beside) || task.quoted || !text.contains('├') {
            return;
        }
        for (row, line) in text.lines().enumerate() {
            let Some(step) = steps::of_tree(line) else { continue };
            let draft = Draft::new(Inline::Text { text: step.into() }.into(), SourceMark::Open, Origin::Step);
            self.item(source, outline, task, first + row, draft);
        }
    }

    /// A heading that tells to do something is the step itself where nothing below it is one.
    pub(super) fn step_of_heading(&mut self, source: &Source<'_>, outline: &mut Outline, section: usize) {
        let Some(heading) = outline.section(Some(section)) else { return };
        let is_work = |block: &Block| matches!(block, Block::Item { .. } | Block::Commands(_) | Block::Section { .. });
        let may_tell = heading.level > 2 && !heading.bold && heading.parent.is_some() && self.work.numbered;
        if !may_tell || self.work.only_told || heading.body.iter().any(is_work) || !steps::heads_step(&heading.text) {
            return;
        }
        let mut draft = Draft::new(heading.inlines.clone(), SourceMark::Open, Origin::Step);
        draft.text.clone_from(&heading.text);
        let line = heading.line;
        let item = self.item(source, outline, &Task::top(0, Holder::Section(section), Some(section)), line, draft);
        if let Some(section) = outline.sections.get_mut(section)
            && self.items.get(item).is_some()
        {
            section.body.rotate_right(1);
        }
    }

    /// The item that a list which was lost in code belongs to: the last one above it that is indented less.
    pub(super) fn anchor(&self, source: &Source<'_>, task: &Task, line: usize) -> Option<usize> {
        if matches!(task.holder, Holder::Item(_)) {
            return task.item;
        }
        let column = source.whole_line(line).column;
        let mut at = self.last_item_of(task.section?);
        while let Some(item) = at.and_then(|at| self.items.get(at)) {
            if item.range.column < column {
                return at;
            }
            at = at.and_then(|at| self.parents.get(at)).copied().flatten();
        }
        None
    }
}

/// One finding for a list that Markdown shows as code.
pub(super) fn note_lost(notes: &mut Notes<'_>, line: usize) {
    notes.on_line(
        line,
        Note {
            code: "BOX-11",
            level: Level::Warning,
            message: "Markdown shows these entries as code, since what stands above them ended their list; they are read as sub-tasks of the entry above."
                .to_owned(),
            mend: "Indent the fence above as far as the words of the entry that it belongs to.",
        },
    );
}

/// Boxes in a fence are part of a text, and nobody is asked to tick them.
pub(super) fn note_offered(notes: &mut Notes<'_>, line: usize, count: usize) {
    let words = if count == 1 {
        "1 box stands in this fence and is".to_owned()
    } else {
        format!("{count} boxes stand in this fence and are")
    };
    let note = Note {
        code: "BOX-12",
        level: Level::Warning,
        message: format!("{words} shown as text, so nobody is asked to tick what they say."),
        mend: "If they are work of the day, take the fence's two lines of ``` away and let each line begin with \"- [ ] \".",
    };
    notes.on_line(line, note);
}

/// One finding for marks that Markdown does not know.
pub(super) fn note_brackets(notes: &mut Notes<'_>, line: usize, count: usize) {
    if count == 0 {
        return;
    }
    let marks = if count == 1 { "1 mark is".to_owned() } else { format!("{count} marks are") };
    notes.on_line(
        line,
        Note {
            code: "BOX-13",
            level: Level::Warning,
            message: format!("{marks} written as Markdown knows no box; \"[-]\" is read as cancelled, \"[~]\" as unknown, the others as boxes."),
            mend: "Write \"- [ ] \" with one blank in the box and one behind it.",
        },
    );
}

/// One finding for lines that a sign leads.
pub(super) fn note_signs(notes: &mut Notes<'_>, line: usize, count: usize) {
    if count == 0 {
        return;
    }
    let lines = if count == 1 { "1 line is".to_owned() } else { format!("{count} lines are") };
    notes.on_line(
        line,
        Note {
            code: "BOX-14",
            level: Level::Note,
            message: format!("{lines} led by a status sign and read as checks; a tick counts as a claim that somebody confirms on the day."),
            mend: "Write \"- [ ] \" in its place.",
        },
    );
}

/// One finding for a line of answers.
pub(super) fn note_choice(notes: &mut Notes<'_>, line: usize, choices: &[Choice]) {
    let answers: Vec<&str> = choices.iter().map(|choice| choice.text.as_str()).collect();
    notes.on_line(
        line,
        Note {
            code: "BOX-17",
            level: Level::Note,
            message: format!("This line is read as one question with the answers {}.", answers.join(", ")),
            mend: "Nothing is to be done if it asks for one answer; else write each as a list entry with a box.",
        },
    );
}
