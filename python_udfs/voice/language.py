"""Which language a review is in, as far as a few frequent words tell: enough to know which lexicon applies.

Counts words that are frequent in reviews of one language and rare in the others; Chinese is told by its script.
"""

import re

UNDETERMINED = "und"
WORD = re.compile(r"[^\W\d_]+")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
FREQUENT_WORDS = {
    "en": (
        "the and is it was i this very good great nice not for with my love loved but you of to that are have really "
        "bad poor awesome excellent work works well best they has had just like size fit too so than would can "
        "recommend product arrived delivery service quality price item perfect worst terrible disappointed broke buy "
        "bought happy"
    ),
    "pt": (
        "não muito é uma um com mas foi produto bom boa ótimo ótima gostei recomendo entrega chegou veio do da dos das "
        "em no na os eu meu minha são estou já mais adorei péssimo ruim qualidade atendimento comprei prazo rápida "
        "rápido tudo certo antes excelente lindo linda perfeito o ao pela pelo você vou vocês nunca amei nem"
    ),
    "es": (
        "muy el la los las y es una un pero con del me mi lo se está bueno buena gusta gustó gusto encanta llegó llego "
        "recomiendo producto calidad envío tal como todo bien mal malo mala compré compre más rápido rápida perfecto "
        "perfecta excelente nunca estoy servicio precio talla tarde volveré contenta contento hasta fue yo"
    ),
    "other": (
        "der die das und ist nicht sehr gut ich ein eine mit für aber auch schnell leider le les et est très bien pas "
        "une pour mais avec je produit livraison il che di è molto non per sono ottimo prodotto consegna het een niet "
        "goed van"
    ),
}
LANGUAGES_OF_WORD: dict[str, list[str]] = {}
for _language, _words in FREQUENT_WORDS.items():
    for _word in _words.split():
        LANGUAGES_OF_WORD.setdefault(_word, []).append(_language)


def language_of(text: str) -> str:
    """The language of a text: "en", "pt", "es", "zh", or "und" when the words don't tell.

    Plain Latin letters without any known word count as English: so are most reviews of two words, "Awesome tone".
    """
    letters = WORD.findall(text.lower())
    if HAN.search(text) and not KANA_OR_HANGUL.search(text):
        return "zh" if len(HAN.findall(text)) * 2 >= sum(map(len, letters)) else UNDETERMINED
    counts = dict.fromkeys(FREQUENT_WORDS, 0)
    for word in letters:
        for language in LANGUAGES_OF_WORD.get(word, ()):
            counts[language] += 1
    best = max(counts.values())
    if not best:
        return "en" if letters and text.isascii() else UNDETERMINED
    found = [language for language, count in counts.items() if count == best]
    return found[0] if len(found) == 1 and found[0] != "other" else UNDETERMINED
