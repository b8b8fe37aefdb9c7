//! Which thing of one list is which of the other: one to one, the surest first, the same answer every time.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// A thing that is to be paired.
#[derive(Debug, Clone)]
pub(super) struct Node<'plan> {
    pub(super) id: &'plan str,
    /// Whether the id says which thing it is.
    pub(super) has_id: bool,
    pub(super) line: usize,
    /// Its words as a person reads them.
    pub(super) text: &'plan str,
    /// What two things have alike that say the same.
    pub(super) key: String,
    /// Where it stands: a number of the list of places.
    pub(super) place: Option<usize>,
    /// What it is nested in: a number of its own list, and a smaller one than its own.
    pub(super) parent: Option<usize>,
    /// What it belongs to: a number of the list of owners.
    pub(super) owner: Option<usize>,
    /// Whether it goes nowhere without its parent.
    pub(super) stays: bool,
    /// What it holds, whole; a thing that holds the same is similar whatever it is called.
    pub(super) holds: Vec<&'plan str>,
    /// The section that is named as its place: a number of the list of sections.
    pub(super) shown_in: Option<usize>,
}

impl<'plan> Node<'plan> {
    pub(super) fn of(id: &'plan str, line: usize, text: &'plan str) -> Self {
        Self {
            id,
            has_id: true,
            line,
            text,
            key: text.to_owned(),
            place: None,
            parent: None,
            owner: None,
            stays: false,
            holds: Vec::new(),
            shown_in: None,
        }
    }
}

/// How two things were found to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// By id, or by the same words in the place that corresponds.
    Same,
    /// By the same words elsewhere.
    Moved,
    /// By similar words.
    Reworded,
}

/// Which is which.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    now: Vec<Option<usize>>,
    was: Vec<Option<usize>>,
    how: Vec<How>,
}

/// Words this alike are taken for one thing in the same place.
const ALIKE: f64 = 0.6;
/// Between the same neighbours it takes less.
const ALIKE_BETWEEN_NEIGHBOURS: f64 = 0.45;
/// A word that more things of one place hold than this says nothing about any of them.
const COMMON: usize = 32;
/// So many of a thing's words are looked up, the rarest first.
const WORDS_LOOKED_UP: usize = 8;
/// Lists whose product is no larger are compared each with each.
const EACH_WITH_EACH: usize = 1024;
/// Parents that were reworded lead to their children, a level a round.
const ROUNDS: usize = 8;
/// No more of a text is compared: what is as long as this and alike so far is alike.
const COMPARED: usize = 400;

/// Where a thing stands, in numbers of the later lists: place, parent, owner; [`NONE`] for none.
type Spot = (usize, usize, usize);
const NONE: usize = usize::MAX;

impl Pairing {
    /// Pairs two lists. `places` pairs what they stand in, `owners` what they belong to.
    pub(super) fn of(old: &[Node<'_>], new: &[Node<'_>], places: Option<&Self>, owners: Option<&Self>) -> Self {
        let mut pairing =
            Self { now: vec![None; old.len()], was: vec![None; new.len()], how: vec![How::Same; new.len()] };
        let work = Work { old, new, places, owners };
        work.by_id(&mut pairing);
        for round in 0..ROUNDS {
            let before = pairing.now.iter().flatten().count();
            work.by_place(&mut pairing);
            work.elsewhere(&mut pairing, false);
            work.by_likeness(&mut pairing);
            if pairing.now.iter().flatten().count() == before || round + 1 == ROUNDS {
                break;
            }
        }
        work.elsewhere(&mut pairing, true);
        pairing
    }

    /// The number in the later list.
    pub(super) fn now(&self, old: usize) -> Option<usize> {
        self.now.get(old).copied().flatten()
    }

    /// The number in the earlier list.
    pub(super) fn was(&self, new: usize) -> Option<usize> {
        self.was.get(new).copied().flatten()
    }

    /// How that was found.
    pub(super) fn how(&self, new: usize) -> How {
        self.how.get(new).copied().unwrap_or(How::Same)
    }

    fn join(&mut self, old: usize, new: usize, how: How) {
        if let (Some(now), Some(was), Some(known)) =
            (self.now.get_mut(old), self.was.get_mut(new), self.how.get_mut(new))
            && now.is_none()
            && was.is_none()
        {
            (*now, *was, *known) = (Some(new), Some(old), how);
        }
    }
}

struct Work<'a, 'plan> {
    old: &'a [Node<'plan>],
    new: &'a [Node<'plan>],
    places: Option<&'a Pairing>,
    owners: Option<&'a Pairing>,
}

impl Work<'_, '_> {
    /// Where an earlier thing would stand now; `None` where that is gone.
    fn spot_of_old(&self, pairing: &Pairing, node: &Node<'_>) -> Option<Spot> {
        // What it is nested in, or belongs to, says where it is; only what is neither stands in its place.
        if let Some(parent) = node.parent {
            return Some((NONE, pairing.now(parent)?, NONE));
        }
        if let (Some(owner), Some(owners)) = (node.owner, self.owners) {
            return Some((NONE, NONE, owners.now(owner)?));
        }
        match (node.place, self.places) {
            (Some(place), Some(places)) => Some((places.now(place)?, NONE, NONE)),
            _ => Some((NONE, NONE, NONE)),
        }
    }

    fn spot_of_new(&self, node: &Node<'_>) -> Spot {
        let owner = node.owner.filter(|_| self.owners.is_some());
        match (node.parent, owner) {
            (Some(parent), _) => (NONE, parent, NONE),
            (None, Some(owner)) => (NONE, NONE, owner),
            (None, None) => (node.place.filter(|_| self.places.is_some()).unwrap_or(NONE), NONE, NONE),
        }
    }

    /// Whether a thing may be looked for elsewhere: what belongs to something goes with that alone.
    fn is_free(&self, node: &Node<'_>) -> bool {
        !node.stays && (node.owner.is_none() || self.owners.is_none())
    }

    fn open_old(&self, pairing: &Pairing) -> Vec<usize> {
        (0..self.old.len()).filter(|at| pairing.now(*at).is_none()).collect()
    }

    fn open_new(&self, pairing: &Pairing) -> Vec<usize> {
        (0..self.new.len()).filter(|at| pairing.was(*at).is_none()).collect()
    }

    /// The same id is the same thing, where it belongs to the same owner: the number among equals of what stands below
    /// one check may be another's when a check comes before it.
    fn by_id(&self, pairing: &mut Pairing) {
        let known: HashMap<&str, usize> = self.new.iter().enumerate().map(|(at, node)| (node.id, at)).collect();
        for (at, node) in self.old.iter().enumerate().filter(|(_, node)| node.has_id) {
            let Some((now, other)) = known.get(node.id).and_then(|now| Some((*now, self.new.get(*now)?))) else {
                continue;
            };
            let is_anothers = match (node.owner, other.owner, self.owners) {
                (Some(owner), Some(other), Some(owners)) => owners.now(owner) != Some(other),
                _ => false,
            };
            if !is_anothers {
                pairing.join(at, now, How::Same);
            }
        }
    }

    /// The same words in the place that corresponds: the heading above it, or what it is nested in, was reworded.
    fn by_place(&self, pairing: &mut Pairing) {
        let mut there: HashMap<(Spot, &str), VecDeque<usize>> = HashMap::new();
        for at in self.open_new(pairing) {
            if let Some(node) = self.new.get(at) {
                there.entry((self.spot_of_new(node), &node.key)).or_default().push_back(at);
            }
        }
        // In the order of the text: what holds a thing is paired before it.
        for at in self.open_old(pairing) {
            let Some(node) = self.old.get(at) else { continue };
            let Some(spot) = self.spot_of_old(pairing, node) else { continue };
            if let Some(now) = there.get_mut(&(spot, &node.key)).and_then(VecDeque::pop_front) {
                pairing.join(at, now, How::Same);
            }
        }
    }

    /// The same words elsewhere, where there are as many of them before as now: which of three went where nobody knows.
    /// `is_last` says that no parent will be found any more.
    fn elsewhere(&self, pairing: &mut Pairing, is_last: bool) {
        let mut said: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for at in self.open_old(pairing) {
            let Some(node) = self.old.get(at).filter(|node| self.is_free(node)) else { continue };
            if is_last || node.parent.is_none_or(|parent| pairing.now(parent).is_some()) {
                said.entry(&node.key).or_default().0.push(at);
            }
        }
        for at in self.open_new(pairing) {
            let Some(node) = self.new.get(at).filter(|node| self.is_free(node)) else { continue };
            if is_last || node.parent.is_none_or(|parent| pairing.was(parent).is_some()) {
                said.entry(&node.key).or_default().1.push(at);
            }
        }
        for (key, (before, after)) in said {
            if before.len() == after.len() && !key.trim().is_empty() {
                for (old, new) in before.into_iter().zip(after) {
                    pairing.join(old, new, How::Moved);
                }
            }
        }
    }

    /// Similar words in the same place.
    fn by_likeness(&self, pairing: &mut Pairing) {
        let mut blocks: BTreeMap<Spot, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for at in self.open_old(pairing) {
            if let Some(spot) = self.old.get(at).and_then(|node| self.spot_of_old(pairing, node)) {
                blocks.entry(spot).or_default().0.push(at);
            }
        }
        for at in self.open_new(pairing) {
            if let Some(node) = self.new.get(at) {
                blocks.entry(self.spot_of_new(node)).or_default().1.push(at);
            }
        }
        let gaps = self.gaps(pairing);
        let mut found: Vec<(f64, usize, usize)> = Vec::new();
        for (before, after) in blocks.values().filter(|(before, after)| !before.is_empty() && !after.is_empty()) {
            for (old, new) in self.candidates(before, after, &gaps) {
                let (Some(one), Some(other)) = (self.old.get(old), self.new.get(new)) else { continue };
                let between = gaps.old.get(&old).is_some_and(|gap| gaps.new.get(&new) == Some(gap));
                let alike = likeness(one, other);
                if alike >= if between { ALIKE_BETWEEN_NEIGHBOURS } else { ALIKE } {
                    found.push((alike, old, new));
                }
            }
        }
        found.sort_by(|one, other| {
            let apart = |(_, old, new): &(f64, usize, usize)| old.abs_diff(*new);
            let nearer = apart(one).cmp(&apart(other));
            other.0.total_cmp(&one.0).then(nearer).then((one.1, one.2).cmp(&(other.1, other.2)))
        });
        for (_, old, new) in found {
            pairing.join(old, new, How::Reworded);
        }
    }

    /// Which are worth comparing: each with each where they are few, else those that share a rare word, and those that
    /// stand between the same neighbours.
    fn candidates(&self, before: &[usize], after: &[usize], gaps: &Gaps) -> BTreeSet<(usize, usize)> {
        let mut pairs = BTreeSet::new();
        if before.len().saturating_mul(after.len()) <= EACH_WITH_EACH {
            pairs.extend(before.iter().flat_map(|old| after.iter().map(|new| (*old, *new))));
            return pairs;
        }
        let mut holding: HashMap<String, Vec<usize>> = HashMap::new();
        let mut in_gap = HashMap::new();
        for old in before {
            let Some(node) = self.old.get(*old) else { continue };
            for word in words(node) {
                holding.entry(word).or_default().push(*old);
            }
            if let Some(gap) = gaps.old.get(old) {
                in_gap.insert(*gap, *old);
            }
        }
        for new in after {
            let Some(node) = self.new.get(*new) else { continue };
            let mut lists: Vec<&Vec<usize>> = words(node).iter().filter_map(|word| holding.get(word)).collect();
            lists.retain(|list| list.len() <= COMMON);
            lists.sort_by_key(|list| (list.len(), list.first().copied()));
            let rare = lists.into_iter().take(WORDS_LOOKED_UP).flatten();
            pairs.extend(rare.map(|old| (*old, *new)));
            if let Some(old) = gaps.new.get(new).and_then(|gap| in_gap.get(gap)) {
                pairs.insert((*old, *new));
            }
        }
        pairs
    }

    /// Where each open thing stands between what was paired around it.
    fn gaps(&self, pairing: &Pairing) -> Gaps {
        let old = self.old.iter().map(|node| self.spot_of_old(pairing, node));
        let new = self.new.iter().map(|node| Some(self.spot_of_new(node)));
        let paired_now: Vec<Option<usize>> = (0..self.old.len()).map(|at| pairing.now(at)).collect();
        let own: Vec<Option<usize>> = (0..self.new.len()).map(|at| pairing.was(at).map(|_| at)).collect();
        Gaps { old: gaps(old.collect(), &paired_now), new: gaps(new.collect(), &own) }
    }
}

/// A place between two neighbours: where, which pair is before it, which behind it, and how many open ones are between.
type Gap = (Spot, usize, usize, usize);

struct Gaps {
    old: HashMap<usize, Gap>,
    new: HashMap<usize, Gap>,
}

/// `pairs` holds the later number of what is paired.
fn gaps(spots: Vec<Option<Spot>>, pairs: &[Option<usize>]) -> HashMap<usize, Gap> {
    let mut behind: HashMap<Spot, usize> = HashMap::new();
    let mut next: HashMap<usize, usize> = HashMap::new();
    for (at, spot) in spots.iter().enumerate().rev() {
        let Some(spot) = spot else { continue };
        match pairs.get(at).copied().flatten() {
            Some(pair) => {
                behind.insert(*spot, pair);
            }
            None => {
                next.insert(at, behind.get(spot).copied().unwrap_or(NONE));
            }
        }
    }
    let mut before: HashMap<Spot, (usize, usize)> = HashMap::new();
    let mut found = HashMap::new();
    for (at, spot) in spots.into_iter().enumerate() {
        let Some(spot) = spot else { continue };
        let (pair, count) = before.entry(spot).or_insert((NONE, 0));
        match pairs.get(at).copied().flatten() {
            Some(paired) => (*pair, *count) = (paired, 0),
            None => {
                found.insert(at, (spot, *pair, next.get(&at).copied().unwrap_or(NONE), *count));
                *count += 1;
            }
        }
    }
    found
}

/// The words of a thing, each once, and what it holds.
fn words(node: &Node<'_>) -> BTreeSet<String> {
    let text: String = node.text.chars().take(COMPARED).collect::<String>().to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).chain(node.holds.iter().map(|held| format!("\0{held}"))).collect()
}

/// How alike two things are, from 0 to 1.
fn likeness(one: &Node<'_>, other: &Node<'_>) -> f64 {
    let cut = |text: &str| text.chars().take(COMPARED).collect::<String>().to_lowercase();
    let by_letters = strsim::sorensen_dice(&cut(one.text), &cut(other.text));
    let (mine, theirs) = (spoken(one.text), spoken(other.text));
    let by_words = share(&mine, &theirs);
    let hold = |node: &Node<'_>| node.holds.iter().map(|held| (*held).to_owned()).collect::<BTreeSet<_>>();
    by_letters.max(by_words).max(share(&hold(one), &hold(other)))
}

fn spoken(text: &str) -> BTreeSet<String> {
    words(&Node::of("", 0, text))
}

/// Twice what both have, of all that they have.
fn share(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let all = one.len() + other.len();
    if all == 0 {
        return 0.0;
    }
    let both = u32::try_from(one.intersection(other).count()).unwrap_or(u32::MAX);
    2.0 * f64::from(both) / f64::from(u32::try_from(all).unwrap_or(u32::MAX))
}
