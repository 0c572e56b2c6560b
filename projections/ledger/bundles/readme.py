"""The page in a bundle for whoever opens it without knowing anything of logs."""

from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.note import Note
from projections.ledger.verifier.bundles.manifest import (
    CHECKPOINT,
    STAMPED,
    TOKEN,
    Manifest,
)

TEXT = """\
WHAT THIS IS

This archive holds what the register of an office has on record about one matter:

    {kind} {id}

It holds {events} events, in the order in which they were recorded. Each event has a
number: its position in the register's log, which only grows. With them come what proves
that they stood in that log, and the text of the rulebooks that were applied.

You need not trust the office, its computers or this page to check it. You need a small
program, probity-verify, and one text file that you get from somewhere else than here:
the keys of the log and of its witnesses. No connection to the office is needed.


WHAT IS IN IT

events/N.entry        The seal of event N: seven lines of text. Which log; which matter
                      (a long number); whether it is the first, second or a later event
                      of that matter; what kind of event; its position; when it was
                      recorded (world time, UTC); and a fingerprint (SHA-256) of its
                      contents.
events/N.state        The contents of event N, byte by byte as they are stored. What is
                      personal in them is locked: it looks like a long row of letters
                      after the word "sealed".
events/N.tlog-proof   The proof that the seal of event N is in the log.
checkpoint            What the log was at one moment: how many events it had, and one
                      fingerprint over all of them, signed by the log and by those who
                      witnessed it.
rulebooks/            The rules that the events cite, in the version that was in force.
policy                The keys of the log and of its witnesses, as the office says.
manifest.json         The list of all these files, with the fingerprint of each.
{more}

WHAT IT PROVES, ONCE IT IS CHECKED

1. Each event in it was in the log when the checkpoint was signed, at the position and
   with the time and contents that stand here. Not a letter was changed since.
2. The witnesses, who have nothing to do with the office, saw the same log and no other,
   and saw it only ever grow. To change an event afterwards the office would have had to
   win over as many of them as your policy asks for.
3. The rules in it are those that the office itself had put into the log before.
4. Of the matter itself no event is missing between the first and the last that is here.


WHAT IT DOES NOT PROVE

- That what somebody reported is true. It proves that they reported it, and when.
- That nothing was recorded of this matter after the last event in here, or elsewhere.
- That an event was recorded as soon as it happened. The time in an event is that of the
  office's clock; witnesses and timestamps only prove that it was there by their time.
- Anything about what was never put into the log. Whoever handed something in holds a
  receipt of their own: ask for it.
- This page, manifest.json and policy are signed by nobody. They are there to help.


HOW TO CHECK IT

1. Get the policy from somewhere else: from the witnesses, from a publication of the
   office that is older than the dispute, or from a court that has it on file. Save it,
   say as my-policy.txt. The file "policy" in here is a convenience: who makes a false
   bundle makes a false policy to go with it.
2. On any computer with Python and its package "cryptography", without a network:

       probity-verify bundle FILE.zip --policy my-policy.txt

3. It says what it found, and ends with 0: all is as it was proven to be; 1: something
   was changed, and it names the file and what differs; 2: it could not check.

The formats are public (RFC 6962, C2SP signed-note, tlog-checkpoint, tlog-cosignature,
tlog-proof and tlog-policy): an expert can check all of it with tools of their own.

The checkpoint in here is of {origin},
over {size} events.
"""
UNWITNESSED = """
NO WITNESS

Nobody but the office has signed the checkpoint in here. What stands above of witnesses
does not hold for it: whoever has the office's keys could have made another log. It
still shows that nothing was changed since somebody outside first saw this checkpoint,
or an earlier one that it grew out of: ask who did, and when.
"""
EPOCHS = """
SEVERAL CHECKPOINTS

The log had another name before: an old copy of it was restored once, and since what was
signed may never be signed otherwise, it went on under the next name. The first line of
a seal says under which name its event was recorded; checkpoint-* is of that name. Where
the keys stayed the same, a policy that knows the log by one of its names is enough. The
event by which the log changed its name says what was lost: ask for a bundle of it.
"""
LEFT_OUT = """
WHAT WAS LEFT OUT

The contents of {redacted} of the events were left out on purpose: they have no .state
file. Their seals and proofs are here. If somebody shows you the contents later, their
SHA-256 has to be the one in the last line of the seal.
"""
TIMED = """
THE TIMESTAMP

timestamp.tsr is from an authority that signs what time it is (RFC 3161). It is of
timestamp.checkpoint where that is here, and else of checkpoint. probity-verify checks
that it is, and that the log only grew from the one to the other. Whether the authority
signed it, you check with the authority's certificate:

    openssl ts -verify -data {stamped} -in timestamp.tsr -CAfile authority.pem
"""
OPENED = """
WHAT WAS OPENED, AND THE KEYS

opened/N.json         Event N with what is locked in it opened. Where it says
                      "destroyed" the key was destroyed as the law demands, and nobody
                      can open it any more.
keys/*.json           The keys themselves, so that you need not believe opened/: with
                      them probity-verify opens the .state files again and compares.

HANDLE THE KEYS WITH CARE. A key opens not only what is in this bundle, but all that the
register sealed with it: what one person reported in all matters that began in the same
year, or all that is kept in their file. Whoever has a key, and a copy of the register
or of another bundle, can read that. It cannot be taken back: not even by destroying the
key in the register. Keep this archive as you would keep the file itself, and destroy it
when you need it no longer.

How a value is locked: AES-256-GCM. Behind "sealed" stand, with colons between, the
number 1, the key, the stream, the version, the field and the box in base64 (with - and
_). The first 12 bytes of the box are the nonce; all before the last colon, a colon and
the value's class ("confidential" where none stands there) is authenticated along with
it. Nothing can be put into such a lock afterwards. What it does not rule out is that
whoever made it prepared, on purpose and from the first day, a second key that opens it
to something else: the keys come from the office, and are not in the log themselves.
"""
FOLDED = {
    True: "timestamp.*           A timestamp of the checkpoint: see below.",
    False: "README.txt            This page.",
}


def readme(manifest: Manifest, head: Note) -> bytes:
    """Return the page.

    Args:
        manifest: what is in the bundle so far.
        head: the checkpoint to which its newest events are proven.
    """
    checkpoint = parse_checkpoint(head.text)
    files = manifest.files
    stamped = STAMPED if STAMPED in files else CHECKPOINT
    alone = all(signature.name == checkpoint.origin for signature in head.signatures)
    parts = {
        UNWITNESSED: alone,
        EPOCHS: len(manifest.checkpoints) > 1,
        LEFT_OUT: bool(manifest.redacted),
        TIMED: TOKEN in files,
        OPENED: any(name.startswith("opened/") for name in files),
    }
    text = TEXT + "".join(f"\n{part}" for part, there in parts.items() if there)
    said = {
        **manifest.about,
        "events": len(manifest.events),
        "redacted": len(manifest.redacted),
        "stamped": stamped,
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "more": FOLDED[TOKEN in files],
    }
    return text.format(**said).encode()
