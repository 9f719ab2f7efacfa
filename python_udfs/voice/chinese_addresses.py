"""Street addresses as written in Chinese: "北京市朝阳区幸福路12号", "建国路5号院2号楼1单元301室"."""

import re

HAN = "一-鿿"
# They lead to an address and are in no street's name: "送到", "住在", "地址", "我是".
LEAD = "在住址的我你他她们是到了去往寄送错给把从"
# "味道", "套路", "一路", "这条街", "街道": no streets.
STREET = r"(?:大道|大街|(?<![走套思一网电线半赶顺公里迷这条])路|(?<![条逛这])街|(?<![味知频管通街])道|巷|胡同)"
HOUSE = (
    r"(?:[东西南北中]|[东南西北]?[一二三四五六七八九十]{1,2}段|步行街)?[甲乙丙]?\d{1,5}(?:弄(?:\d{1,5}号)?|号院?(?!楼))"
    r"(?:附\d{1,4}号)?"
)
BUILDING = r"\d{1,4}(?:号楼|栋|幢|座)(?:\d{1,4}(?:单元|层|楼))?(?:\d{1,3}单元)?(?:\d{3,4}(?!\d)室?)?"
NAMED_BUILDING = rf"(?:[{HAN}]{{2,8}}?(?:大厦|广场|中心|大楼|公寓|花园|小区)(?:[A-Z]座)?)?"
UNIT = r"(?:\d{1,4}(?:号楼|栋|幢|座|单元|层|楼|室))*(?:\d{3,4}(?!\d)室?)?"
ADDRESS = re.compile(
    rf"(?:(?![{LEAD}])[{HAN}]){{1,24}}?(?:{STREET}{HOUSE}{NAMED_BUILDING}{UNIT}"
    rf"|(?:路|街|道|小区|花园|公寓|新村|家园|苑){BUILDING})"
    r"|(?<!\d)\d{1,4}(?:号楼|栋|幢)(?:\d{1,3}单元)?\d{3,4}室"
    r"|(?P<word>邮编[:：]?\s?)\d{6}(?!\d)"
)
SIGN = re.compile(r"[路街道巷弄栋幢座]|胡同|小区|花园|公寓|新村|家园|苑|号楼|邮编")


def without_chinese_addresses(text: str) -> str:
    """The text with <ADDRESS> for each street or estate with a number, unit included, and each code called 邮编."""
    return ADDRESS.sub(lambda match: f"{match['word'] or ''}<ADDRESS>", text) if SIGN.search(text) else text
