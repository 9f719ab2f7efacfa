"""Street addresses as written in Portuguese and Spanish: "Rua das Flores, 123", "C/ Gran Vía, 45, 3º B"."""

import re

NAME = r"(?:[A-ZÀ-Þ][\wÀ-ɏ'’\-]*+\.?)"
# An abbreviation of one letter needs the word "at" before it: "vitamina C. Tome 2".
STREET = (
    r"(?:(?i:rua|avenida|avda?\.?|av\.|travessa|alameda|pra[cç]a|largo|rodovia|estrada|ladeira|beco|calle|plaza|pza\.?|"
    r"paseo|camino|carretera|ctra\.?|ronda|carrera|traves[ií]a|glorieta|callej[oó]n|carrer|passeig|calzada)|C/|"
    r"(?:(?<=[nN]a )|(?<=[dD]a )|(?<=: )|(?<=, ))R\.|(?:(?<=[eE]n )|(?<=: )|(?<=, ))C\.)"
)
LINK = r"(?:d[aeo]s?|del|de\s(?:la|las|los)|l[ao]s?|el|e|y)"
STREET_NAME = rf"(?:(?:{LINK}|\d{{1,2}}\sde)\s)?{NAME}(?:\s(?:{LINK}\s)?{NAME}){{0,4}}"
NUMBER_SIGN = r"(?:(?i:n[º°.]{1,2}|n[uú]mero|n\.?\s?[º°]|km\.?)\s?|#\s?)"
HOUSE = rf"(?:,?\s?{NUMBER_SIGN}?\d{{1,5}}(?:[A-Za-z](?!\w))?(?![\d%°])|,?\s(?i:s/n))"
# "Avenida Brasil 2 vezes": a count follows, no house.
COUNTED = (
    r"(?!\s(?i:ve(?:c|z)es|anos|años|d[ií]as|x|reais|euros|pesos|horas|minutos|km|kg|estrellas|estrelas)(?!\w)"
    r"|\sde\s[A-Z])"
)
# Colombia's streets are numbered: "Calle 72 #10-34".
NUMBERED_STREET = (
    r"(?i:calle|carrera|cra\.?|diagonal|transversal)\s\d{1,3}[A-Z]?\s?(?:#|(?i:no?\.|n[º°]))\s?"
    r"\d{1,3}[A-Z]?\s?-\s?\d{1,3}"
)
# And Brasília's quarters: "SQN 210 Bloco B".
QUARTER = r"S[CHQ][A-Z]{1,2}\s\d{1,3}(?=,?\s(?:(?i:bloco|conjunto|quadra|lote|casa))\s)"
DOOR = (
    r"(?i:ap(?:to|artamento)?|bloco|bl|casa|conj(?:unto)?|sala|piso|puerta|pta|portal|esc(?:alera)?|dep(?:to|artamento)|"
    r"int(?:erior)?|torre|lote|quadra)\.?\s?(?:\d{1,4}[A-Za-z]?|[A-Z])(?!\w)"
)
FLOOR = r"\d{1,2}\.?[ºª°](?:\s?(?:(?i:andar|piso|(?:izq|dcha|dto|esq|dir)(?!\w)\.?)|[A-Z](?!\w)))?"
SIDE = r"(?<=,\s)(?i:bajo|izq|dcha|dto|esq)(?!\w)\.?(?:\s[A-Z](?!\w))?"
QUARTER_NAME = rf"(?i:col(?:onia)?|bairro|barrio)\.?\s{NAME}(?:\s{NAME}){{0,2}}"
UNIT = rf"(?:(?:,|\s-|\s–)?\s(?:{DOOR}|{FLOOR}|{SIDE}|{QUARTER_NAME})){{0,4}}"
POSTAL_WORD = r"(?i:cep|c\.p\.|c[oó]digo\spostal)"
POSTAL_CODE = r"(?:\d{5}-\d{3}|\d{4}-\d{3}|\d{5})(?![\d\-])"
STATE = rf"(?:,|\s-)\s{NAME}(?:\s(?:{LINK}\s)?{NAME}){{0,3}}(?:\s-|,|/)\s?[A-Z]{{2}}(?!\w)"
TOWN = (
    rf"(?:(?:,|\s-)?\s(?:(?:{POSTAL_WORD}|(?i:cp)):?\s)?{POSTAL_CODE}(?:\s{NAME}(?:\s{NAME}){{0,2}})?"
    rf"|{STATE}(?:,?\s(?:{POSTAL_WORD}:?\s)?\d{{5}}-?\d{{3}})?)?"
)
ADDRESS = re.compile(
    rf"(?<![\w/])(?:{STREET}\s?{STREET_NAME}{HOUSE}{COUNTED}|{NUMBERED_STREET}|{QUARTER}){UNIT}{TOWN}"
    rf"|(?P<word>(?<!\w){POSTAL_WORD}:?\s(?:é\s|es\s)?)\d{{5}}(?:-?\d{{3}})?(?![\d\-])"
)
# Of one of these there is one in every address: words are found far faster than a pattern.
SIGNS = (
    *("rua", "avenida", "avda", "av.", "travessa", "alameda", "praça", "praca", "largo", "rodovia", "estrada", "beco"),
    *("ladeira", "calle", "plaza", "pza", "paseo", "camino", "carre", "ctra", "ronda", "traves", "glorieta"),
    *("passeig", "calzada", "cra", "diagonal", "transversal", "bloco", "conjunto", "quadra", "lote", "casa"),
    *("c/", " r. ", " c. ", "cep", "c.p.", "postal"),
)


def without_iberian_addresses(text: str) -> str:
    """The text with <ADDRESS> for each street with a number, unit and town included, and each code called CEP."""
    lowered = text.lower()
    if not any(sign in lowered for sign in SIGNS):
        return text
    return ADDRESS.sub(lambda match: f"{match['word'] or ''}<ADDRESS>", text)
