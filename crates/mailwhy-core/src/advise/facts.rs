//! The facts of a failure: the address, list, domain, limit that its evidence names.

use crate::classify::By;
use crate::{Diagnosis, Span};
use mailwhy_knowledge::{BLOCKLISTS, FACTS, Family, SPEAKER_RULES};
use regex_automata::meta::Regex;
use std::sync::OnceLock;

/// Facts by id; every id is one of [`FACTS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(Vec<(&'static str, String)>);

impl Facts {
    /// The value of a fact.
    pub fn get(&self, id: &str) -> Option<&str> {
        self.0.iter().find(|(fact, _)| *fact == id).map(|(_, value)| value.as_str())
    }

    /// All of them, in the order of `facts.toml`.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(id, value)| (*id, value.as_str()))
    }

    /// None is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Changes every value.
    pub(crate) fn map(&mut self, change: impl Fn(&str) -> String) {
        self.0.iter_mut().for_each(|(_, value)| *value = change(value));
    }

    /// Keeps the first value of a fact: the callers go from the surest source to the weakest.
    fn add(&mut self, id: &str, value: impl Into<String>) {
        let value = value.into();
        let known = FACTS.iter().find(|(fact, _)| *fact == id);
        if let Some((id, _)) = known
            && !value.trim().is_empty()
            && self.get(id).is_none()
        {
            self.0.push((id, value.trim().to_owned()));
        }
    }
}

/// Facts longer than this are no facts but half the message.
const LONGEST: usize = 200;

/// Everything that the evidence names, from the surest source to the weakest.
pub(crate) fn collect(diagnosis: &Diagnosis, evidence: &str) -> Facts {
    let mut facts = Facts::default();
    let decision = &diagnosis.decision;
    let attempt = &diagnosis.attempt;
    // A list that is known goes by its name, not by its zone.
    if let Some((list, _)) = decision.seen.blocklists.iter().max_by_key(|(list, span)| (!BLOCKLISTS[*list].dead, span.len())) {
        let list = &BLOCKLISTS[*list];
        facts.add("list", list.name);
        facts.add("lookup", list.lookup.unwrap_or_default());
        facts.add("list_zone", list.zones.first().copied().unwrap_or_default());
    }
    for vote in decision.votes.iter().filter(|v| v.cause == decision.cause) {
        if let By::Speaker(rule) = vote.by {
            captures(rule, told(diagnosis, evidence), &mut facts);
        }
    }
    let family = decision.cause.data().family;
    let seen = &decision.seen;
    let text = |span: &Span| span.of(evidence).to_owned();
    let about_sender =
        matches!(family, Family::SenderAuthentication | Family::Reputation | Family::Policy | Family::Limits | Family::Content);
    let about_path = matches!(family, Family::Connection | Family::Tls | Family::Login | Family::Server | Family::Protocol);
    let parties = &attempt.parties;
    add(&mut facts, "recipient", &attempt.recipient);
    add(&mut facts, "sender", &attempt.sender);
    add(&mut facts, "host", &parties.remote_mta);
    add(&mut facts, "remote_ip", &parties.remote_ip);
    add(&mut facts, "ip", &parties.sending_ip);
    if let Some(port) = parties.port {
        facts.add("port", port.to_string());
    }
    if matches!(family, Family::Address | Family::Mailbox)
        && let Some(address) = seen.addresses.first()
    {
        facts.add("recipient", text(address));
    }
    if about_sender && let Some(ip) = seen.ips.iter().map(text).find(|ip| parties.remote_ip.as_ref() != Some(ip)) {
        facts.add("ip", ip);
    }
    if about_path {
        seen.hosts.first().map(text).into_iter().for_each(|host| facts.add("host", host));
        seen.ips.first().map(text).into_iter().for_each(|ip| facts.add("remote_ip", ip));
    }
    let owner = if about_sender { facts.get("sender") } else { facts.get("recipient") };
    let domain = owner.and_then(|address| address.rsplit_once('@')).map(|(_, domain)| domain.to_owned());
    add(&mut facts, "domain", &domain);
    if decision.cause.data().checks.contains(&"recipient-domain") {
        seen.hosts.first().map(text).into_iter().for_each(|host| facts.add("domain", host));
    }
    if let Some(url) = seen.urls.first() {
        facts.add("url", text(url));
    }
    if let Some(reversed) = facts.get("ip").and_then(reversed) {
        facts.add("reversed_ip", reversed);
    }
    facts.0.sort_by_key(|(id, _)| FACTS.iter().position(|(fact, _)| fact == id));
    facts
}

fn add(facts: &mut Facts, id: &str, value: &Option<String>) {
    if let Some(value) = value {
        facts.add(id, value.as_str());
    }
}

/// The piece that the captures look at: the server's words, or all of a short evidence.
fn told<'a>(diagnosis: &Diagnosis, evidence: &'a str) -> &'a str {
    let pieces = &diagnosis.attempt.told;
    match pieces.iter().copied().reduce(Span::join) {
        Some(span) => span.of(evidence),
        None => evidence,
    }
}

/// The rule's own captures. A text far longer than a reply is cut: a capture stands near its sentence.
fn captures(rule: &'static mailwhy_knowledge::SpeakerRule, text: &str, facts: &mut Facts) {
    if rule.captures.is_empty() {
        return;
    }
    let text = &text[..text.floor_char_boundary(16 * 1024)];
    for (regex, (fact, _)) in compiled(rule).iter().zip(rule.captures) {
        let mut slots = regex.create_captures();
        regex.captures(text, &mut slots);
        if let Some(found) = slots.get_group_by_name(fact)
            && found.len() <= LONGEST
        {
            facts.add(fact, text[found.range()].trim_matches(['<', '>', '"', '\'']));
        }
    }
}

/// The compiled captures of a rule: compiled when the rule first hits, since most never do.
fn compiled(rule: &'static mailwhy_knowledge::SpeakerRule) -> &'static [Regex] {
    static ALL: OnceLock<Vec<OnceLock<Vec<Regex>>>> = OnceLock::new();
    let all = ALL.get_or_init(|| SPEAKER_RULES.iter().map(|_| OnceLock::new()).collect());
    let place = SPEAKER_RULES.iter().position(|r| std::ptr::eq(r, rule)).unwrap_or(0);
    all[place].get_or_init(|| {
        rule.captures
            .iter()
            .map(|(_, pattern)| {
                Regex::builder()
                    .syntax(regex_automata::util::syntax::Config::new().case_insensitive(true))
                    .build(pattern)
                    .expect("the build script compiled this pattern")
            })
            .collect()
    })
}

/// The address as block lists want it: `7.113.0.203` for 203.0.113.7, nibbles for IPv6 (RFC 5782 §2).
fn reversed(ip: &str) -> Option<String> {
    match ip.parse::<std::net::IpAddr>().ok()? {
        std::net::IpAddr::V4(v4) => {
            let [a, b, c, d] = v4.octets();
            Some(format!("{d}.{c}.{b}.{a}"))
        }
        std::net::IpAddr::V6(v6) => {
            let nibbles = v6.octets().into_iter().rev().flat_map(|byte| [byte & 15, byte >> 4]);
            Some(nibbles.map(|n| format!("{n:x}")).collect::<Vec<_>>().join("."))
        }
    }
}
