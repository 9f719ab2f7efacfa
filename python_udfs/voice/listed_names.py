"""Names of persons by lists and by the words around them, in English, Portuguese, Spanish and Chinese.

The lists are those of the package Faker. A listed first name alone is no proof ("Grace", "Mark", "Rosa"), nor are two
capitals in a row ("Calvin Klein"): a name needs a listed first and last name together, a title, or words that introduce
a person ("my husband", "falei com a", "我叫").
"""

import re
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from importlib.metadata import version

from python_udfs.voice.person_names import NameRecogniserError

LOCALES = ("de_DE", "en_GB", "en_IN", "en_US", "es_ES", "es_MX", "fr_FR", "it_IT", "pt_BR", "pt_PT")
# Raise it with every change of the rules.
RULES_VERSION = 1

WORD = r"[A-ZÀ-Þ][a-zß-ÿ]+(?:['’\-][A-ZÀ-Þ][a-zß-ÿ]+)?"
LINK = r"(?:d[aeo]s?|del|de\sla)"
RUN = rf"{WORD}(?:\s(?:{LINK}\s)?{WORD}){{0,3}}"
TITLE = r"(?:(?:Mrs?|Ms|Miss|Sr|Sra|Srta)\.?|[Dd]on|[Dd]oña|[Dd]ona|[Ss]eu|[Ss]eñor(?:a|ita)?|[Ss]enhor(?:a|ita)?)\s"
TITLED = re.compile(rf"(?<!\w){TITLE}(?P<name>{WORD}(?:\s(?:{LINK}\s)?{WORD}){{0,2}})(?!\w)")
INTRODUCED = re.compile(rf"(?:(?i:my name is|meu nome é|me chamo|me llamo|mi nombre es))\s(?P<name>{RUN})(?!\w)")
SIGNED = re.compile(
    r"(?:(?i:regards|best wishes|sincerely|yours(?: truly)?|love(?=,)|atenciosamente|abraços?|ass:|saludos|atentamente|"
    r"firmado:?))[,.!]?\s+"
    rf"(?P<name>{RUN})[.!]?$",
    re.MULTILINE,
)
FULL = re.compile(rf"(?<![\w\-]){RUN}(?![\w\-])")
RELATIVES = (
    r"mother|mom|mum|father|dad|boss|mãe|pai|sogr[oa]|chefe|madre|padre|suegr[oa]|jef[ea]|tía|tío|tia|tio|"
    r"husband|wife|son|daughter|brother|sister|friend|boyfriend|girlfriend|nephew|niece|grandson|granddaughter|"
    r"marido|esposa|filh[oa]|irmão|irmã|amig[oa]|namorad[oa]|net[oa]|sobrinh[oa]|esposo|hij[oa]|herman[oa]|novi[oa]|niet[oa]"
)
ROLES = (
    r"the girl|the guy|moça|rapaz|chic[oa]|transportista|carteir[oa]|cartero|"
    r"seller|courier|driver|manager|vendedora?|entregadora?|atendente|gerente|repartidora?|mensajer[oa]"
)
ADDRESSED = (
    r"signed by|assinad[oa] por|firmad[oa] por|helped by|shout-out to|me atendi[óo]|me atendeu|quem atendeu foi|"
    r"spoke (?:to|with)|talked to|thanks to|thank you|ask for|gift for|went to|"
    r"falei com(?: [oa])?|obrigad[oa]|presente para|recebeu foi(?: [oa])?|"
    r"hablé con(?: el| la)?|gracias(?: a)?|regalo para|recibió"
)
PERSON_BEFORE = re.compile(rf"(?<!\w)(?:{RELATIVES}|{ROLES}|{ADDRESSED}),?\s$", re.IGNORECASE)
PERSON_AFTER = re.compile(
    r"\s(?:from (?:customer service|support)|at the (?:desk|counter|store|shop)|(?:helped|answered|told|served) me|"
    r"packed it|picked up|me (?:atendeu|ajudou|atendió|ayudó)|d[oe] (?:atendimento|suporte|sac)|de atención)",
    re.IGNORECASE,
)
CONTEXT_CHARACTERS = 30
MOST_WORDS = 3
# Brands and things that are called after persons: both words are in the lists.
BRANDS = frozenset(
    [
        *("Calvin Klein", "Kate Spade", "Ralph Lauren", "Michael Kors", "Marc Jacobs", "Paul Smith", "Tommy Hilfiger"),
        *("Jack Daniels", "Ernie Ball", "Jim Dunlop", "Paul Reed Smith", "Anne Klein", "Vera Bradley", "Tory Burch"),
        *("Christian Dior", "Louis Vuitton", "Hugo Boss", "Johnny Walker", "Harry Potter", "James Bond", "Adam Levine"),
    ]
)

HAN = "一-鿿"
# Rarer surnames are words too often.
SMALLEST_SURNAME_PERCENT = 0.1
CHINESE_TITLE = "先生|女士|小姐|太太"
CHINESE_LEAD = (
    "我叫|名字叫|名叫|谢谢|感谢|女儿|儿子|老公|老婆|朋友|同事|妈妈|爸爸|收件人|店主|小哥|客服|骑手|店员|老板娘|老板|经理"
    "|快递员|快递小哥|外卖员|外卖小哥|送餐员|配送员"
)
CHINESE_END = rf"(?=[^{HAN}]|$|态度|服务|师傅|说|很|人|真|也|太|特别|非常|签收|帮|送|给|的|买|辛苦|不|打)"


class ListedNames:
    """A `NameRecogniser` (see `person_names`) by Faker's lists. Raises NameRecogniserError without the package."""

    def __init__(self) -> None:
        try:
            self.identity = f"lists{RULES_VERSION}@faker{version('faker')}"
        except ModuleNotFoundError as error:
            raise NameRecogniserError(
                "redaction_names is 'lists', which needs the package Faker: pip install 'customer-segments[names]'"
            ) from error

    @cached_property
    def first_names(self) -> frozenset[str]:
        """First names of all locales."""
        return frozenset(name for locale in LOCALES for name in _list(locale, "first_names"))

    @cached_property
    def last_names(self) -> frozenset[str]:
        """Last names of all locales, their words apart: "García Lorca" is two."""
        return frozenset(word for locale in LOCALES for name in _list(locale, "last_names") for word in name.split())

    @cached_property
    def chinese(self) -> re.Pattern[str]:
        """A common surname with a given name, between words that stand around persons, or with a polite title."""
        weights = _list("zh_CN", "last_names")
        surnames = "".join(name for name, share in weights.items() if share >= SMALLEST_SURNAME_PERCENT)
        # "谢谢" is "thank you", "关键" "the point is".
        surname = f"(?!谢谢|关键|全程)[{''.join(sign for sign in surnames if len(sign) == 1)}]"
        given = f"[{''.join(sorted(set(''.join(_list('zh_CN', 'first_names')))))}]"
        titled = rf"{surname}[{HAN}]{{0,2}}(?:{CHINESE_TITLE})"
        return re.compile(
            rf"(?P<lead>{CHINESE_LEAD})(?:{titled}|{surname}[{HAN}]{{1,2}}?{CHINESE_END})"
            rf"|(?P<self>我是){surname}{given}{{1,2}}(?![{HAN}])|(?<![{HAN}]){surname}{given}{{1,2}}(?=给我|打电话|说)"
            rf"|(?<![{HAN}])(?:{titled}|{surname}[{HAN}]{{1,2}}?(?=师傅|签收))"
        )

    def without_names(self, text: str) -> str:
        """See `NameRecogniser`."""
        for pattern in (INTRODUCED, SIGNED):
            text = pattern.sub(lambda match: _cut_out(match, "name"), text)
        text = TITLED.sub(lambda match: "<NAME>" if self._is_listed(match["name"]) else match[0], text)
        text = FULL.sub(self._placeholder, text)
        return self.chinese.sub(lambda match: f"{match['lead'] or match['self'] or ''}<NAME>", text)

    def _is_listed(self, name: str) -> bool:
        return any(word in self.first_names or word in self.last_names for word in name.split())

    def _placeholder(self, match: re.Match[str]) -> str:
        """<NAME> for that part of a run of capitalised words which is a name."""
        words = match[0].split(" ")
        before = match.string[max(0, match.start() - CONTEXT_CHARACTERS) : match.start()]
        after = match.string[match.end() : match.end() + CONTEXT_CHARACTERS]
        if match[0] in BRANDS:
            return match[0]
        is_introduced = PERSON_BEFORE.search(before) or PERSON_AFTER.match(after)
        if is_introduced and (words[0] in self.first_names or (len(words) > 1 and self._is_listed(match[0]))):
            return "<NAME>"
        for start, end in self._places(words):
            is_name = words[start] in self.first_names and words[end - 1] in self.last_names
            if is_name and " ".join(words[start:end]) not in BRANDS:
                return " ".join([*words[:start], "<NAME>", *words[end:]])
        return match[0]

    @staticmethod
    def _places(words: list[str]) -> Iterator[tuple[int, int]]:
        """Where two or three neighbours of these words stand, end exclusive; from the left, the longer first."""
        for start in range(len(words) - 1):
            for end in range(min(start + MOST_WORDS, len(words)), start + 1, -1):
                yield start, end


def _cut_out(match: re.Match[str], group: str) -> str:
    start, end = match.start(group) - match.start(), match.end(group) - match.start()
    return f"{match[0][:start]}<NAME>{match[0][end:]}"


def _list(locale: str, names: str) -> dict[str, float]:
    """A list of names with their shares in percent, where the locale has them."""
    provider = import_module(f"faker.providers.person.{locale}").Provider
    listed = getattr(provider, names)
    return dict(listed) if hasattr(listed, "items") else dict.fromkeys(listed, 0.0)
