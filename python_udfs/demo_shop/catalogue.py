"""What the shop sells: outdoor and home goods in seven categories, 128 products."""

from dataclasses import dataclass

from python_udfs.demo_shop.tables import Product

CLOTHING = "Outdoor clothing"
FOOTWEAR = "Footwear"
TENTS = "Tents and sleeping"
PACKS = "Packs and bags"
CAMP_KITCHEN = "Camp kitchen"
GARDEN = "Garden"
HOME = "Home textiles"
CATEGORIES = (CLOTHING, FOOTWEAR, TENTS, PACKS, CAMP_KITCHEN, GARDEN, HOME)


@dataclass(frozen=True)
class Article:
    """A product with its price in euros and the word reviews use for it, by language."""

    product: Product
    price: float
    words: dict[str, str]


# (English word, Portuguese word with its article, Chinese word): the models sold, with their prices.
Kind = tuple[tuple[str, str, str], dict[str, float]]

_RANGE: dict[str, list[Kind]] = {
    CLOTHING: [
        (
            ("jacket", "a jaqueta", "外套"),
            {
                "Skarv rain jacket": 89,
                "Skarv down jacket": 149,
                "Lomvi softshell jacket": 109,
            },
        ),
        (("fleece", "o casaco", "抓绒衣"), {"Heron fleece": 49, "Heron half-zip fleece": 42, "Moss hooded fleece": 59}),
        (
            ("trousers", "a calça", "裤子"),
            {
                "Tern walking trousers": 69,
                "Tern zip-off trousers": 79,
                "Bramble rain trousers": 55,
            },
        ),
        (("shirt", "a camisa", "衬衫"), {"Dune linen shirt": 45, "Plover merino shirt": 65, "Plover base layer": 52}),
        (("hat", "o gorro", "帽子"), {"Moss wool hat": 22, "Dune sun hat": 26, "Bramble rain hat": 24}),
        (
            ("gloves", "o par de luvas", "手套"),
            {"Moss wool gloves": 25, "Skarv ski gloves": 48, "Lomvi liner gloves": 18},
        ),
    ],
    FOOTWEAR: [
        (
            ("boots", "a bota", "登山靴"),
            {
                "Fell hiking boots": 139,
                "Fell mid boots": 119,
                "Gannet winter boots": 149,
                "Bramble wellington boots": 49,
            },
        ),
        (
            ("shoes", "o tênis", "鞋子"),
            {
                "Fell trail shoes": 95,
                "Plover walking shoes": 85,
                "Tern approach shoes": 105,
                "Dune canvas shoes": 45,
            },
        ),
        (("sandals", "a sandália", "凉鞋"), {"Dune trekking sandals": 59, "Tern river sandals": 65, "Dune slides": 29}),
        (
            ("slippers", "a pantufa", "拖鞋"),
            {"Heron felt slippers": 35, "Moss hut slippers": 32, "Heron down slippers": 44},
        ),
        (
            ("socks", "o par de meias", "袜子"),
            {
                "Plover merino socks": 18,
                "Fell hiking socks": 15,
                "Moss bed socks": 14,
                "Tern liner socks": 11,
            },
        ),
    ],
    TENTS: [
        (
            ("tent", "a barraca", "帐篷"),
            {
                "Gannet 2 tent": 179,
                "Gannet 4 family tent": 289,
                "Puffin ultralight tent": 249,
                "Puffin beach shelter": 59,
            },
        ),
        (
            ("sleeping bag", "o saco de dormir", "睡袋"),
            {
                "Eider down sleeping bag": 189,
                "Eider summer sleeping bag": 69,
                "Lomvi 3-season sleeping bag": 119,
                "Puffin child's sleeping bag": 49,
            },
        ),
        (
            ("sleeping mat", "o colchonete", "防潮垫"),
            {
                "Drift air mat": 79,
                "Drift foam mat": 29,
                "Drift double mat": 109,
                "Eider insulated mat": 99,
            },
        ),
        (("hammock", "a rede", "吊床"), {"Willow hammock": 45, "Willow double hammock": 62, "Willow tarp": 55}),
        (("headlamp", "a lanterna", "头灯"), {"Glim headlamp": 35, "Glim pro headlamp": 65, "Glim camp lantern": 42}),
    ],
    PACKS: [
        (
            ("backpack", "a mochila", "背包"),
            {
                "Rook 20 backpack": 65,
                "Rook 35 backpack": 99,
                "Rook 60 backpack": 159,
                "Jackdaw city backpack": 79,
                "Rook child's backpack": 39,
            },
        ),
        (
            ("duffel bag", "a mala", "行李包"),
            {"Jackdaw 40 duffel bag": 75, "Jackdaw 90 duffel bag": 99, "Gannet dry bag": 29},
        ),
        (("belt bag", "a pochete", "腰包"), {"Wren belt bag": 25, "Wren running belt": 29, "Jackdaw sling bag": 39}),
        (
            ("wash bag", "o nécessaire", "洗漱包"),
            {"Wren wash bag": 24, "Wren packing cubes": 32, "Jackdaw shoe bag": 15},
        ),
        (
            ("wallet", "a carteira", "钱包"),
            {"Wren travel wallet": 19, "Jackdaw card wallet": 28, "Wren neck pouch": 16},
        ),
    ],
    CAMP_KITCHEN: [
        (
            ("stove", "o fogareiro", "炉头"),
            {
                "Ember gas stove": 45,
                "Ember two-burner stove": 119,
                "Ember wood stove": 69,
                "Kestrel alcohol stove": 29,
            },
        ),
        (
            ("pot set", "o jogo de panelas", "套锅"),
            {"Kestrel pot set": 55, "Kestrel titanium pot": 49, "Ember frying pan": 35},
        ),
        (
            ("flask", "a garrafa térmica", "保温瓶"),
            {
                "Brook flask 0.5 l": 26,
                "Brook flask 1 l": 34,
                "Brook food flask": 29,
                "Brook water bottle": 18,
            },
        ),
        (("mug", "a caneca", "杯子"), {"Kestrel enamel mug": 12, "Kestrel titanium mug": 28, "Brook coffee press": 32}),
        (("cool box", "a caixa térmica", "保温箱"), {"Floe cool box": 89, "Floe cool bag": 39, "Floe ice packs": 12}),
        (
            ("camp chair", "a cadeira", "折叠椅"),
            {"Willow camp chair": 55, "Willow low chair": 45, "Willow camp table": 79},
        ),
    ],
    GARDEN: [
        (("planter", "o vaso", "花盆"), {"Terra clay planter": 28, "Terra raised bed": 89, "Terra balcony box": 35}),
        (
            ("secateurs", "a tesoura de poda", "园艺剪"),
            {
                "Hazel secateurs": 32,
                "Hazel hedge shears": 45,
                "Hazel pruning saw": 29,
            },
        ),
        (
            ("watering can", "o regador", "浇水壶"),
            {"Brook watering can": 26, "Brook hose set": 59, "Brook rain barrel": 99},
        ),
        (
            ("string lights", "o cordão de luzes", "串灯"),
            {
                "Glim string lights": 34,
                "Glim solar lights": 29,
                "Glim garden lantern": 45,
            },
        ),
        (
            ("fire bowl", "a fogueira portátil", "火盆"),
            {"Ember fire bowl": 119, "Ember grill": 149, "Ember log basket": 49},
        ),
        (
            ("gardening set", "o kit de jardinagem", "园艺套装"),
            {
                "Hazel gardening set": 39,
                "Hazel kneeler": 25,
                "Hazel gardening gloves": 14,
            },
        ),
    ],
    HOME: [
        (
            ("blanket", "a manta", "毯子"),
            {
                "Heron wool blanket": 89,
                "Heron cotton throw": 49,
                "Moss picnic blanket": 42,
                "Moss baby blanket": 38,
            },
        ),
        (("duvet", "o edredom", "被子"), {"Eider down duvet": 169, "Eider light duvet": 99, "Eider pillow": 45}),
        (
            ("bed linen", "o jogo de cama", "床品套装"),
            {
                "Dune linen bed set": 129,
                "Dune cotton bed set": 79,
                "Plover flannel bed set": 85,
            },
        ),
        (("towel", "a toalha", "毛巾"), {"Drift bath towel": 24, "Drift hammam towel": 29, "Drift travel towel": 19}),
        (
            ("cushion", "a almofada", "靠垫"),
            {"Moss wool cushion": 35, "Terra floor cushion": 59, "Willow seat pad": 22},
        ),
        (("rug", "o tapete", "地毯"), {"Terra jute rug": 79, "Terra wool rug": 149, "Terra door mat": 26}),
    ],
}


def catalogue() -> list[Article]:
    """Every product the shop sells, by product_id ("P001" upwards, category after category)."""
    shelf = [
        (category, words, name, price)
        for category, kinds in _RANGE.items()
        for words, models in kinds
        for name, price in models.items()
    ]
    return [
        Article(
            product=Product(f"P{number:03d}", name, category),
            price=price - 0.05,
            words=dict(zip(("en", "pt", "zh"), words, strict=True)),
        )
        for number, (category, words, name, price) in enumerate(shelf, start=1)
    ]
