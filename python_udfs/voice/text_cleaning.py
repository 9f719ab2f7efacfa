"""Plain text out of what a shop's review form let through: markup, entities, invisible and broken characters."""

import html
import re
import unicodedata

ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Only real elements: "size <M>", "I <3 it" and our own placeholders are text.
ELEMENTS = (
    "a|abbr|b|big|blockquote|body|br|button|center|code|del|div|em|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|"
    "img|input|ins|label|li|link|main|mark|meta|nav|ol|option|p|pre|q|s|section|select|small|span|strike|strong|sub|sup|"
    "svg|table|tbody|td|textarea|th|thead|title|tr|tt|u|ul|video"
)
MARKUP = re.compile(
    rf"<!--(?:(?!<!--).)*?-->|<(script|style)\b[^<>]*>(?:(?!<\1).)*?</\1\s*>|</?(?:{ELEMENTS}|script|style)(?:\s[^<>]*|/)?>|<!doctype[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
SURROGATE = re.compile(r"[\ud800-\udfff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
EMOJI = r"[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
# Zero-width and direction marks, which hide an address from a pattern; a joiner stays where it joins two emoji.
INVISIBLE = re.compile(
    r"[\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    rf"|\u200d(?!{EMOJI})|(?<!{EMOJI})\u200d"
)
# Full-width letters and signs of East Asian keyboards that occur in addresses and numbers.
WIDE = {
    code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF0B, 0xFF0D, 0xFF0E, 0xFF20)
}
OTHER_DIGIT = re.compile(r"[^\x00-\x7f]")
LINE_BREAKS = re.compile(r"\s*[\n\r\x0b\x0c\x85\u2028\u2029]\s*")
SPACES = re.compile(r"[^\S\n ]\s*| \s+")
MARKUP_ROUNDS = 5


def clean(text: str) -> str:
    """Readable text in Unicode NFC without markup, entities, control, surrogate, zero-width and direction characters.

    Digits of every script become 0-9, runs of white space one space or one line break. Cleaning clean text changes
    nothing. Empty when nothing readable is left.
    """
    if not text.isascii():
        text = _plain_characters(text)
    text = CONTROL.sub(" ", LINE_BREAKS.sub("\n", text))
    if "<" in text or "&" in text:
        text = _without_markup(text)
    text = SPACES.sub(" ", LINE_BREAKS.sub("\n", text))
    return text.strip()


def _plain_characters(text: str) -> str:
    text = INVISIBLE.sub("", SURROGATE.sub(" ", text)).translate(WIDE)
    text = OTHER_DIGIT.sub(_plain_digit, text)
    return unicodedata.normalize("NFC", text)


def _plain_digit(match: re.Match[str]) -> str:
    digit = unicodedata.decimal(match[0], None)
    return match[0] if digit is None else str(digit)


def _without_markup(text: str) -> str:
    """Repeats, because an entity may hide a tag, and a tag another: "&amp;lt;br&amp;gt;"."""
    for _ in range(MARKUP_ROUNDS):
        plain = MARKUP.sub(" ", ENTITY.sub(_entity, text))
        if plain == text:
            return text
        text = plain
    # Text that still hides markup after this many rounds was made to: its signs go.
    return text.replace("&", " ").replace("<", " ")


def _entity(match: re.Match[str]) -> str:
    return CONTROL.sub(" ", _plain_characters(html.unescape(match[0])))
