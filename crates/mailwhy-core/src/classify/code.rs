//! Votes of codes: the enhanced code as this speaker uses it, else the registry's; then the reply code.

use super::vote::{By, Vote};
use crate::attempt::{Enhanced, Reply};
use mailwhy_knowledge::{Cause, Phase, SPEAKERS, Speaker, SpeakerCode, Text, enhanced_code, reply_code};

/// What a speaker's own meaning of a code counts.
const OWN_MEANING: f32 = 5.0;
/// A success class says that nothing failed.
const SUCCESS: f32 = 4.0;
/// The second candidate of a code.
const SECOND: f32 = 0.5;
/// An answer to RCPT TO is about the recipient: what a bare refusal there adds.
const REFUSED_RECIPIENT: f32 = 2.4;

/// Votes of the codes in hand.
pub(crate) fn votes(reply: &Reply, phase: Option<Phase>, speaker: Option<u16>, votes: &mut Vec<Vote>) {
    if let Some((enhanced, span)) = reply.enhanced {
        let (causes, weight, meaning) = meaning(enhanced, reply.code.map(|c| c.0), speaker);
        for (n, cause) in causes.iter().take(2).enumerate() {
            let weight = if n == 0 { weight } else { weight * SECOND };
            votes.push(Vote { cause: *cause, weight, by: By::Enhanced(enhanced, meaning), spans: vec![span] });
        }
    }
    if let Some((code, span)) = reply.code
        && let Some(row) = reply_code(code)
    {
        for (n, cause) in row.causes.iter().take(2).enumerate() {
            let weight = if n == 0 { row.weight } else { row.weight * SECOND };
            votes.push(Vote { cause: *cause, weight, by: By::Reply(row), spans: vec![span] });
        }
        if phase == Some(Phase::Rcpt) && code == 550 {
            votes.push(Vote { cause: Cause::UserUnknown, weight: REFUSED_RECIPIENT, by: By::Reply(row), spans: vec![span] });
        }
    }
}

/// What an enhanced code stands for here, how much it says, and its meaning.
pub(crate) fn meaning(enhanced: Enhanced, basic: Option<u16>, speaker: Option<u16>) -> (&'static [Cause], f32, Text) {
    if enhanced.class == 2 {
        return (&[Cause::Accepted], SUCCESS, Text { en: "success", tr: "başarılı" });
    }
    if let Some(own) = speaker.and_then(|s| own_meaning(&SPEAKERS[s as usize], enhanced, basic)) {
        return (own.causes, OWN_MEANING, own.meaning);
    }
    let registered = format!("{}.{}", enhanced.subject, enhanced.detail);
    if let Some(row) = enhanced_code(&registered) {
        return (row.causes, row.weight, row.meaning);
    }
    // No standard knows it: some speaker may, even if nothing else tells who speaks.
    let somebody = SPEAKERS.iter().find_map(|speaker| own_meaning(speaker, enhanced, basic));
    somebody.map_or((&[], 0.0, UNREGISTERED), |own| (own.causes, OWN_MEANING, own.meaning))
}

const UNREGISTERED: Text = Text { en: "not in the registry", tr: "kayıtlı bir kod değil" };

/// What the speaker itself means by the code. Of several meanings the one with the same basic code is taken; an entry
/// for a range such as `4.7.500-699` counts when nothing names the code itself.
pub(crate) fn own_meaning(speaker: &'static Speaker, enhanced: Enhanced, basic: Option<u16>) -> Option<&'static SpeakerCode> {
    let written = enhanced.to_string();
    let names = |row: &&SpeakerCode| row.enhanced.contains(&written.as_str());
    let fits =
        |row: &&SpeakerCode| basic.is_some_and(|b| row.basic.is_some_and(|list| list.split(',').any(|code| code.trim() == b.to_string())));
    let exact = || speaker.codes.iter().filter(names);
    exact()
        .find(fits)
        .or_else(|| exact().next())
        .or_else(|| speaker.codes.iter().find(|row| row.enhanced.iter().any(|range| in_range(range, enhanced))))
}

/// `4.7.500-699` holds 4.7.512.
fn in_range(range: &str, enhanced: Enhanced) -> bool {
    let Some((from, to)) = range.split_once('-') else { return false };
    let mut numbers = from.splitn(3, '.').map(|n| n.parse::<u16>().ok());
    let (class, subject, first) = (numbers.next().flatten(), numbers.next().flatten(), numbers.next().flatten());
    let last = to.parse::<u16>().ok();
    match (class, subject, first, last) {
        (Some(class), Some(subject), Some(first), Some(last)) => {
            class == u16::from(enhanced.class) && subject == enhanced.subject && (first..=last).contains(&enhanced.detail)
        }
        _ => false,
    }
}
