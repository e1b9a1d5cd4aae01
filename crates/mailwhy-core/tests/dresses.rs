//! The same replies in every dress, with the line ends of Unix and of the wire: the cause is that of the bare reply, the
//! evidence lies in the reply's own place, and what the dress tells beside it is read.

use mailwhy_core::knowledge::{Cause, Outcome, Phase};
use mailwhy_core::{Diagnosis, diagnose};

/// Replies of different causes: code, enhanced code, words.
const REPLIES: [(&str, &str, &str); 12] = [
    ("550", "5.1.1", "The email account that you tried to reach does not exist."),
    ("552", "5.2.2", "The mailbox of this recipient is full, over quota"),
    ("451", "4.7.1", "Greylisting in action, please come back later"),
    ("554", "5.7.1", "Service unavailable; Client host [198.51.100.9] blocked using zen.spamhaus.org"),
    ("550", "5.7.26", "This mail has been blocked because the sender is unauthenticated. SPF and DKIM did not pass"),
    ("552", "5.3.4", "Message size exceeds fixed limit"),
    ("535", "5.7.8", "Authentication failed: username and password not accepted"),
    ("554", "5.7.1", "Relay access denied"),
    ("530", "5.7.0", "Must issue a STARTTLS command first"),
    ("550", "5.7.1", "This message was classified as spam and is rejected"),
    ("452", "4.3.1", "Insufficient system storage"),
    ("550", "5.7.25", "Client host rejected: cannot find your reverse hostname, no PTR record"),
];

/// What a dress tells beside the reply.
#[derive(Default)]
struct Tells {
    phase: Option<Phase>,
    command: Option<&'static str>,
    outcome: Option<Outcome>,
    recipient: Option<&'static str>,
    sender: Option<&'static str>,
    host: Option<&'static str>,
    ip: Option<&'static str>,
    sending_ip: Option<&'static str>,
}

const TO: Option<&str> = Some("user@example.com");
const FROM: Option<&str> = Some("sender@example.org");
const HOST: Option<&str> = Some("mx.example.com");
const IP: Option<&str> = Some("203.0.113.7");

/// Dresses: the id, the text around `{reply}` (or `{code}` and `{words}`, which open with the enhanced code), and what it tells.
fn dresses() -> Vec<(&'static str, &'static str, Tells)> {
    let rcpt = || Tells { phase: Some(Phase::Rcpt), command: Some("RCPT TO"), ..Tells::default() };
    let data = || Tells { phase: Some(Phase::Data), command: Some("DATA"), ..Tells::default() };
    let end_of_data = || Tells { phase: Some(Phase::AfterData), command: Some("end of DATA"), ..Tells::default() };
    let at_host = || Tells { host: HOST, ip: IP, recipient: TO, ..rcpt() };
    let refused_here =
        || Tells { recipient: TO, sender: FROM, sending_ip: Some("198.51.100.77"), outcome: Some(Outcome::Rejected), ..rcpt() };
    let failed = Some(Outcome::Failed);
    let delayed = Some(Outcome::Delayed);
    vec![
        (
            "phpmailer",
            "2026-11-24 10:00:00 Connection: opening to mx.example.com:587, timeout=300, options=array()\n\
             2026-11-24 10:00:00 Connection: opened\n\
             2026-11-24 10:00:01 SERVER -> CLIENT: 220 mx.example.com ESMTP\n\
             2026-11-24 10:00:01 CLIENT -> SERVER: EHLO www.example.org\n\
             2026-11-24 10:00:01 SERVER -> CLIENT: 250-mx.example.com\n                                   250 SIZE 10485760\n\
             2026-11-24 10:00:01 CLIENT -> SERVER: MAIL FROM:<sender@example.org>\n\
             2026-11-24 10:00:01 SERVER -> CLIENT: 250 2.1.0 Ok\n\
             2026-11-24 10:00:01 CLIENT -> SERVER: RCPT TO:<user@example.com>\n\
             2026-11-24 10:00:02 SERVER -> CLIENT: {reply}\n\
             2026-11-24 10:00:02 SMTP ERROR: RCPT TO command failed: {reply}\n\
             2026-11-24 10:00:02 CLIENT -> SERVER: QUIT\n\
             2026-11-24 10:00:02 SERVER -> CLIENT: 221 2.0.0 Bye\n\
             SMTP Error: The following recipients failed: user@example.com: {words}\n",
            Tells { host: HOST, recipient: TO, sender: FROM, ..rcpt() },
        ),
        ("phpmailer", "SMTP ERROR: RCPT TO command failed: {reply}\nSMTP Error: Could not send.\n", rcpt()),
        (
            "phpmailer",
            "Message could not be sent. Mailer Error: SMTP Error: The following recipients failed: user@example.com: {words}\n\
             SMTP server error: RCPT TO command failed Detail: {words}\n SMTP code: {code} Additional SMTP info: 5.0.0",
            Tells { recipient: TO, ..rcpt() },
        ),
        (
            "phpmailer",
            "SMTP Error: data not accepted.SMTP server error: DATA END command failed Detail: {words} SMTP code: {code} Additional SMTP info: 5.0.0",
            end_of_data(),
        ),
        ("symfony", "Expected response code \"250/251/252\" but got code \"{code}\", with message \"{reply}\".", rcpt()),
        (
            "symfony",
            "PHP Fatal error:  Uncaught Swift_TransportException: Expected response code 250 but got code \"{code}\", with message \"{reply}\n\" in /srv/app/AbstractSmtpTransport.php:457\nStack trace:\n#0 /srv/app/AbstractSmtpTransport.php(341): _assertResponseCode()\n",
            Tells::default(),
        ),
        (
            "symfony",
            "[2026-11-24 10:00:00] production.ERROR: Expected response code \"354\" but got code \"{code}\", with message \"{reply}\". {\"exception\":\"[object] (Symfony\\\\Component\\\\Mailer\\\\Exception\\\\TransportException(code: {code}): Expected response code \\\"354\\\" but got code \\\"{code}\\\", with message \\\"{reply}\\\". at /srv/app/SmtpTransport.php:338)\n[stacktrace]\n#0 /srv/app/SmtpTransport.php(197): assertResponseCode()\n\"}\n",
            data(),
        ),
        (
            "nodemailer",
            "{ [Error: Can't send mail - all recipients were rejected: {reply}]\n  code: 'EENVELOPE',\n  response: '{reply}',\n  responseCode: {code},\n  command: 'RCPT TO',\n  rejected: [ 'user@example.com' ] }\n",
            Tells { recipient: TO, ..rcpt() },
        ),
        (
            "nodemailer",
            "Error: Message failed: {reply}\n    at SMTPConnection._formatError (/srv/app/lib/smtp-connection/index.js:798:19)\n    at TLSSocket.emit (node:events:517:28) {\n  code: 'EMESSAGE',\n  responseCode: {code},\n  command: 'DATA'\n}\n",
            data(),
        ),
        (
            "smtplib",
            "Traceback (most recent call last):\n  File \"/srv/app/mail.py\", line 12, in send\n    server.sendmail(sender, to, message)\n  File \"/usr/lib/python3.12/smtplib.py\", line 901, in sendmail\n    raise SMTPRecipientsRefused(senderrs)\nsmtplib.SMTPRecipientsRefused: {'user@example.com': ({code}, b'{words}')}\n",
            Tells { recipient: TO, ..rcpt() },
        ),
        (
            "smtplib",
            "smtplib.SMTPSenderRefused: ({code}, b'{words}', 'sender@example.org')",
            Tells { sender: FROM, phase: Some(Phase::Mail), command: Some("MAIL FROM"), ..Tells::default() },
        ),
        ("smtplib", "smtplib.SMTPDataError: ({code}, b'{words}')\n", end_of_data()),
        (
            "javamail",
            "javax.mail.SendFailedException: Invalid Addresses;\n  nested exception is:\n\tcom.sun.mail.smtp.SMTPAddressFailedException: {reply}\n\n\tat com.sun.mail.smtp.SMTPTransport.rcptTo(SMTPTransport.java:2064)\n\tat com.sun.mail.smtp.SMTPTransport.sendMessage(SMTPTransport.java:1286)\nCaused by: com.sun.mail.smtp.SMTPAddressFailedException: {reply}\n\n\tat com.sun.mail.smtp.SMTPTransport.rcptTo(SMTPTransport.java:1917)\n\t... 2 more\n",
            rcpt(),
        ),
        (
            "javamail",
            "DEBUG SMTP: trying to connect to host \"mx.example.com\", port 587, isSSL false\n220 mx.example.com ESMTP\nDEBUG SMTP: connected to host \"mx.example.com\", port: 587\nEHLO www.example.org\n250-mx.example.com\n250 SIZE 10485760\nMAIL FROM:<sender@example.org>\n250 2.1.0 Ok\nRCPT TO:<user@example.com>\n{reply}\nDEBUG SMTP: Invalid Addresses\nRSET\n250 2.0.0 Ok\nQUIT\n221 2.0.0 Bye\n",
            Tells { host: HOST, recipient: TO, sender: FROM, ..rcpt() },
        ),
        (
            "dotnet",
            "System.Net.Mail.SmtpFailedRecipientException: Mailbox unavailable. The server response was: {reply}\n   at System.Net.Mail.SmtpTransport.SendMail(MailAddress sender, MailAddressCollection recipients)\n   at System.Net.Mail.SmtpClient.Send(MailMessage message)\n",
            rcpt(),
        ),
        (
            "dotnet",
            "Unhandled exception. System.Net.Mail.SmtpException: Error in processing. The server response was: {reply}\n   at System.Net.Mail.DataStopCommand.CheckResponse(SmtpStatusCode statusCode, String serverResponse)\n",
            Tells::default(),
        ),
        ("go", "2026/11/24 10:00:00 gomail: could not send email 1: {reply}\nexit status 1\n", Tells::default()),
        ("go", "2026/11/24 10:00:00 sending the report: {reply}\n", Tells::default()),
        (
            "postfix-log",
            "Nov 24 10:00:00 mail postfix/smtp[123]: 4ABC123DEF: to=<user@example.com>, relay=mx.example.com[203.0.113.7]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=5.0.0, status=bounced (host mx.example.com[203.0.113.7] said: {reply} (in reply to RCPT TO command))\n",
            Tells { outcome: failed, ..at_host() },
        ),
        (
            "postfix-log",
            "2026-11-24T10:00:00.123456+03:00 mail postfix/smtp[123]: 4ABC123DEF: to=<user@example.com>, relay=mx.example.com[203.0.113.7]:25, delay=1.2, dsn=4.0.0, status=deferred (host mx.example.com[203.0.113.7] said: {reply} (in reply to end of DATA command))\n",
            Tells { outcome: delayed, host: HOST, ip: IP, recipient: TO, ..end_of_data() },
        ),
        (
            "postfix-log",
            "Nov 24 10:00:00 mail postfix/smtpd[123]: NOQUEUE: reject: RCPT from client.example.org[198.51.100.77]: {reply}; from=<sender@example.org> to=<user@example.com> proto=ESMTP helo=<client.example.org>\n",
            refused_here(),
        ),
        (
            "exim-log",
            "2026-11-24 10:00:00 1abcDE-000001-AB ** user@example.com F=<sender@example.org> R=dnslookup T=remote_smtp H=mx.example.com [203.0.113.7]: SMTP error from remote mail server after RCPT TO:<user@example.com>: {reply}\n",
            Tells { outcome: failed, sender: FROM, ..at_host() },
        ),
        (
            "exim-log",
            "2026-11-24 10:00:00 1abcDE-000001-AB == user@example.com R=dnslookup T=remote_smtp defer (-46) H=mx.example.com [203.0.113.7]: SMTP error from remote mail server after end of data: {reply}\n",
            Tells { outcome: delayed, host: HOST, ip: IP, recipient: TO, ..end_of_data() },
        ),
        (
            "exim-log",
            "2026-11-24 10:00:00 H=(client.example.org) [198.51.100.77]:40000 F=<sender@example.org> rejected RCPT <user@example.com>: {reply}\n",
            refused_here(),
        ),
        (
            "bounce-body",
            "This is the mail system at host mail.example.org.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<user@example.com>: host mx.example.com[203.0.113.7] said: {reply}\n    (in reply to RCPT TO command)\n",
            Tells { outcome: failed, ..at_host() },
        ),
        (
            "bounce-body",
            "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. The following address(es) failed:\n\n  user@example.com\n    host mx.example.com [203.0.113.7]\n    SMTP error from remote mail server after RCPT TO:<user@example.com>:\n    {reply}\n",
            Tells { outcome: failed, ..at_host() },
        ),
        (
            "bounce-body",
            "Hi. This is the qmail-send program at mail.example.org.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<user@example.com>:\n203.0.113.7 does not like recipient.\nRemote host said: {reply}\nGiving up on 203.0.113.7.\n",
            Tells { outcome: failed, ip: IP, recipient: TO, ..rcpt() },
        ),
        (
            "bounce-body",
            "Your message wasn't delivered to user@example.com because the server did not take it.\n\nThe response from the remote server was:\n{reply}\n\n",
            Tells { outcome: failed, recipient: TO, ..Tells::default() },
        ),
        (
            "bounce-body",
            "Diagnostic information for administrators:\nGenerating server: mail.example.org\nuser@example.com\nRemote Server at mx.example.com (203.0.113.7) returned '{reply}'\n",
            Tells { outcome: failed, recipient: TO, host: HOST, ip: IP, ..Tells::default() },
        ),
        (
            "bounce-body",
            "Reporting-MTA: dns; mail.example.org\n\nFinal-Recipient: rfc822; user@example.com\nAction: delayed\nStatus: 4.0.0\nRemote-MTA: dns; mx.example.com\nDiagnostic-Code: smtp; {reply}\n",
            Tells { outcome: delayed, recipient: TO, host: HOST, ..Tells::default() },
        ),
    ]
}

fn only(text: &str) -> Diagnosis {
    let mut diagnoses = diagnose(text);
    assert_eq!(diagnoses.len(), 1, "{text}");
    diagnoses.remove(0)
}

/// The votes, for the message of a test that failed.
fn votes(diagnosis: &Diagnosis) -> String {
    diagnosis.decision.votes.iter().map(|vote| format!("{:?} {} {}\n", vote.cause, vote.weight, vote.by.rule())).collect()
}

#[test]
fn every_reply_in_every_dress() {
    let mut causes = Vec::new();
    for (code, enhanced, words) in REPLIES {
        let words = format!("{enhanced} {words}");
        let reply = format!("{code} {words}");
        let expected = only(&reply).cause();
        causes.push(expected);
        for (id, template, tells) in dresses() {
            for line_end in ["\n", "\r\n"] {
                let text = template.replace("{reply}", &reply).replace("{words}", &words).replace("{code}", code);
                let text = text.replace('\n', line_end);
                let diagnosis = only(&text);
                let about = format!("{id}: {text}\n{}", votes(&diagnosis));
                assert_eq!(diagnosis.attempt.dress, Some(id), "{about}");
                assert_eq!(diagnosis.cause(), expected, "{about}");
                assert_eq!(diagnosis.decision.reply.enhanced.map(|e| e.0.to_string()).as_deref(), Some(enhanced), "{about}");
                check_places(&diagnosis, &text, code, &words, &about);
                check_told(&diagnosis, &tells, &about);
            }
        }
    }
    causes.sort();
    causes.dedup();
    assert!(causes.len() == REPLIES.len() && !causes.contains(&Cause::Unknown), "{causes:?}");
}

/// The words that are told are the reply's, and so is the evidence; only the code may stand outside, where the dress has it.
fn check_places(diagnosis: &Diagnosis, text: &str, code: &str, words: &str, about: &str) {
    let told = diagnosis.attempt.told.iter().map(|span| span.of(text)).collect::<Vec<_>>();
    let whole = format!("{code} {words}");
    assert!(told == [words] || told == [whole.as_str()], "{told:?} {about}");
    assert!(!diagnosis.evidence.is_empty());
    for evidence in &diagnosis.evidence {
        let inside = diagnosis.attempt.told.iter().any(|told| told.start <= evidence.span.start && evidence.span.end <= told.end);
        assert!(inside || evidence.span.of(text) == code, "{:?} {about}", evidence.span.of(text));
    }
}

fn check_told(diagnosis: &Diagnosis, tells: &Tells, about: &str) {
    let (attempt, parties) = (&diagnosis.attempt, &diagnosis.attempt.parties);
    assert_eq!((attempt.phase, attempt.reply.command), (tells.phase, tells.command), "{about}");
    // A temporary reply alone does not tell that a bounce is final.
    let temporary = diagnosis.decision.reply.code.is_some_and(|(code, _)| code < 500);
    let outcome = tells.outcome.filter(|o| !(temporary && *o == Outcome::Failed && attempt.dress == Some("bounce-body")));
    assert_eq!(attempt.outcome, outcome, "{about}");
    assert_eq!((attempt.recipient.as_deref(), attempt.sender.as_deref()), (tells.recipient, tells.sender), "{about}");
    assert_eq!((parties.remote_mta.as_deref(), parties.remote_ip.as_deref()), (tells.host, tells.ip), "{about}");
    assert_eq!(parties.sending_ip.as_deref(), tells.sending_ip, "{about}");
}

#[test]
fn replies_of_several_lines() {
    let reply = "550-5.7.26 This mail has been blocked because the sender is\n550-5.7.26 unauthenticated. Gmail requires all senders to\n550 5.7.26 authenticate with either SPF or DKIM.";
    let expected = only(reply).cause();
    for text in [
        format!("Expected response code \"250\" but got code \"550\", with message \"{reply}\"."),
        format!("SMTP ERROR: DATA END command failed: {reply}\nSMTP Error: data not accepted."),
        format!(
            "com.sun.mail.smtp.SMTPSendFailedException: {reply}\n\n\tat com.sun.mail.smtp.SMTPTransport.finishData(SMTPTransport.java:2267)"
        ),
        format!("{{ code: 'EMESSAGE', response: '{}', responseCode: 550, command: 'DATA' }}", reply.replace('\n', "\\n")),
        format!("smtplib.SMTPDataError: (550, b'{}')", reply.replace("550-", "").replace("550 ", "").replace('\n', "\\n")),
    ] {
        let diagnosis = only(&text);
        assert_eq!(diagnosis.cause(), expected, "{text}");
        assert!(diagnosis.attempt.told.last().is_some_and(|told| told.of(&text).ends_with("either SPF or DKIM.")), "{text}");
    }
}

/// Laravel's log around Symfony's exception around what Postfix was told by the next server.
#[test]
fn three_dresses_over_each_other() {
    let reply = "550 5.1.1 The email account that you tried to reach does not exist.";
    let text = format!(
        "[2026-11-24 10:00:00] production.ERROR: Expected response code \"250/251/252\" but got code \"450\", with message \"450 4.1.1 <user@example.com>: Recipient address rejected: undeliverable address: host mx.example.com[203.0.113.7] said: {reply} (in reply to RCPT TO command)\". {{\"exception\":\"[object] (Symfony\\\\Component\\\\Mailer\\\\Exception\\\\TransportException(code: 450): Expected response code\"}}\n[stacktrace]\n#0 /srv/app/SmtpTransport.php(197)\n"
    );
    let diagnosis = only(&text);
    assert_eq!(diagnosis.cause(), Cause::UserUnknown);
    assert_eq!(diagnosis.attempt.told.iter().map(|span| span.of(&text)).collect::<Vec<_>>(), [reply]);
    assert_eq!(diagnosis.phase, Phase::Rcpt);
    assert_eq!(diagnosis.attempt.parties.remote_ip.as_deref(), IP);
    assert_eq!(diagnosis.decision.reply.code.map(|c| c.0), Some(550));
}

/// Where no server answered, the number of the system and the words agree.
#[test]
fn nobody_answered() {
    for text in [
        "SMTP ERROR: Failed to connect to server: Connection refused (111)\nSMTP connect() failed.",
        "Connection could not be established with host smtp.example.com [Connection refused #111]",
        "Error: connect ECONNREFUSED 203.0.113.7:587\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1595:16) {\n  errno: -111,\n  code: 'ESOCKET',\n  syscall: 'connect',\n  address: '203.0.113.7',\n  port: 587,\n  command: 'CONN'\n}",
        "Traceback (most recent call last):\n  File \"/srv/app/mail.py\", line 3, in <module>\nConnectionRefusedError: [Errno 111] Connection refused",
        "com.sun.mail.util.MailConnectException: Couldn't connect to host, port: smtp.example.com, 587; timeout -1;\n  nested exception is:\n\tjava.net.ConnectException: Connection refused\n\tat a.B",
        "System.Net.Mail.SmtpException: Failure sending mail.\n ---> System.Net.Sockets.SocketException (10061): No connection could be made because the target machine actively refused it. 203.0.113.7:587\n   at System.Net.Sockets.Socket.Connect()",
        "2026/11/24 10:00:00 dial tcp 203.0.113.7:587: connect: connection refused",
        "Nov 24 10:00:00 mail postfix/smtp[1]: 4ABC123DEF: to=<user@example.com>, relay=none, delay=30, dsn=4.4.1, status=deferred (connect to mx.example.com[203.0.113.7]:25: Connection refused)",
        "2026-11-24 10:00:00 1abcDE-000001-AB == user@example.com R=dnslookup T=remote_smtp defer (111): Connection refused",
        "<user@example.com>: connect to mx.example.com[203.0.113.7]:25: Connection\n    refused",
    ] {
        let diagnosis = only(text);
        assert_eq!(diagnosis.cause(), Cause::ConnectionRefused, "{text}\n{}", votes(&diagnosis));
        assert_eq!(diagnosis.phase, Phase::Connect, "{text}");
    }
}

/// What is told of one failure is not taken for another one's, even where its words are weak.
#[test]
fn failures_side_by_side() {
    let text = "smtplib.SMTPRecipientsRefused: {'a@example.com': (550, b'5.0.0 No'), 'b@example.com': (552, b'5.2.2 The mailbox is full, over quota')}";
    let diagnoses = diagnose(text);
    assert_eq!(diagnoses.len(), 2);
    assert_ne!(diagnoses[0].cause(), Cause::MailboxFull);
    assert_eq!(diagnoses[1].cause(), Cause::MailboxFull);
    assert_eq!(diagnoses[1].attempt.recipient.as_deref(), Some("b@example.com"));
}

/// A transcript of two recipients: one is refused for its mailbox, one for nothing that is told.
#[test]
fn two_recipients_of_a_transcript() {
    let text = "CLIENT -> SERVER: RCPT TO:<a@example.com>\nSERVER -> CLIENT: 550 No\nCLIENT -> SERVER: RCPT TO:<b@example.com>\nSERVER -> CLIENT: 552 5.2.2 The mailbox is full, over quota\n";
    let seen: Vec<_> = diagnose(text).iter().map(|d| (d.attempt.recipient.clone(), d.cause() == Cause::MailboxFull)).collect();
    assert_eq!(seen, [(Some("a@example.com".to_owned()), false), (Some("b@example.com".to_owned()), true)]);
}

/// A text made to fill the memory tells of no more failures than a long log does.
#[test]
fn no_end_of_failures() {
    assert_eq!(mailwhy_core::read::text::read(&"(550, 'no') ".repeat(20_000)).len(), 10_000);
}

/// Pieces that make a reader look ahead, over and over, with and without what makes a dress fit: no place is looked at again
/// and again, and no character is cut in two.
#[test]
#[expect(clippy::disallowed_methods, reason = "only a clock tells linear time from quadratic")]
fn hostile_texts() {
    const LENGTH: usize = 100_000;
    const PIECES: [&str; 52] = [
        "(",
        "(550, '",
        "(550, b\"",
        "(550, 'x', \"",
        "{'",
        "Exception: ",
        "Exception: 550 x\n",
        "The server response was: ",
        " ---> ",
        "said: ",
        "host x said: ",
        "host ",
        "(in reply to ",
        "(in reply",
        "connect to ",
        "response: '",
        "response: 'x', recipient: 'a@b',",
        "Error: connect E",
        "Expected response code ",
        "with message \"",
        "[2026-",
        "SERVER -> CLIENT: 550-x\n",
        "550-x\n",
        "CLIENT -> SERVER: RCPT TO:<",
        "a@b.c: ",
        "The following recipients failed: a@b.c: ",
        "postfix/smtp[1]: to=<a@b>, status=bounced (\n",
        "NOQUEUE: reject: ",
        "status=",
        "2026-11-24 10:00:00 1abcDE-000001-AB ** a@b.c: ",
        "H=[1] rejected ",
        "<a@b.c>: said:\n",
        "<",
        "'",
        "\"",
        "\\",
        "Final-Recipient: ",
        "Status: 5.1.1\n",
        " \n",
        "eturned '",
        "eturned 'x'\n",
        "a@b.c\neturned 'x\n",
        "Remote host said:",
        "dial tcp ",
        "x509: ",
        "ışğ (in reply to ışğ ",
        "SMTP error from remote mail server after ",
        "SMTP code: ",
        "command failed: ",
        "Detail: ",
        "RCPT TO:<x>\n550 x\n",
        "DATA\n354 x\n.\n550 x\n",
    ];
    const OPENINGS: [&str; 7] = [
        "",
        "smtplib SMTPDataError ",
        "javax.mail. DEBUG SMTP ",
        "rejectedErrors responseCode: 1 ",
        "The following address(es) failed ",
        "CLIENT -> SERVER: MAIL\n",
        "postfix ",
    ];
    for piece in PIECES {
        for opening in OPENINGS {
            let text = opening.to_owned() + &piece.repeat(LENGTH / piece.len());
            let started = std::time::Instant::now();
            let attempts = mailwhy_core::read::text::read(&text);
            let spans = attempts.iter().flat_map(|attempt| attempt.told.iter().chain(&attempt.place));
            for span in spans {
                assert!(text.get(span.start..span.end).is_some(), "{opening}{piece}: {span:?}");
            }
            // Linear time is some milliseconds, even without optimisation on a busy machine; quadratic is minutes.
            assert!(started.elapsed().as_secs() < 5, "{opening}{piece}: {:?}", started.elapsed());
        }
    }
}
