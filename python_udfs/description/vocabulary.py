"""Words that claim nothing by themselves. A word that is neither here nor in a checked claim was invented."""

import re


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Function words, and the shop's neutral ones. Deliberately without people's traits, motives, places, channels, times.
NEUTRAL = _set_of(
    """
    a about above account accounts across activity add adds after again against ago all almost also although
    among an and another any anything are around as ask at average averages away back base basket be been before
    behavior behaviour behind being below best between bigger biggest both bought bring but buy buyer by can
    cancel cancellation cancelled cart categories category change clearly close combine combined come compare
    compared comparison considerably contribute could customer day despite deviation did discount do does done
    double down each eight eleven else even every everything exceed far few fewer fewest fifth figure fill first
    five followed following for form four frequency from further generate get give given gives go greater
    greatest group had half has have having here high higher highest how however if in indicate instead into is
    it its itself just keep large larger largest last late later latest least leave less level like likely
    little long longer longest look low lower lowest main mainly make makes making many matter may mean measure
    measured median might monetary more most mostly much must name near nearly next nine no not notably nothing
    noticeably now number of off on once one only or order other others our out over overall own part people per
    percent place point primarily product purchase put quarter rate rather rating recency reflect relative
    relatively remain represent respectively rest return revenue review reviewer roughly sale same score second
    see seen segment sentiment set seven several shape share shop shopper shorter shortest should show side
    significantly since single six size slightly small smaller smallest so some somewhat sound spend spender
    spent stand star stay still strongly substantially such take tell ten tenth tenure than that the their
    theirs them themselves then there these they thing think third this those though three through time to
    together too total toward triple turn twelve twice two typical typically under up upon use usual value very
    view was way well were what when where whereas whether which while who whole whom whose why will with within
    without worst worth would write yet you your
    """
)

# What may be suggested, besides: deeds of the shop. They would be inventions in a description.
ADVICE = _set_of(
    """
    access action address advice alert answer answers anyone apologise apologize appreciate appreciation
    approach attention avoid become benefit better bonus budget build bundle call card care careful carefully
    celebrate chance check checkout choose clear clearer club code coming communication complementary concern
    consider contact content convert coupon credit cross customised decide decision deepen delivery demand
    detail dialogue direct directly discover early ease easier easy effort email encourage encouraging engage
    engagement ensure event exclusive experience explain explore express extend extra fall favorite favourite
    feedback feel find fit fix focus follow free fresh friend friendly future gentle gently gift good gratitude
    grow guide handle hear help helpful highlight idea identify improve improvement incentive increase
    individual inform information inspire interest introduce invest investigate invitation invite issue item
    join know learn let lift limited line listen loyalty maintain matching meaningful member mend mention
    message milestone mind monitor month monthly need new newest news newsletter nurture offer offering ongoing
    open opportunity option outreach outstanding page payment perk person personal personalise personalised
    personalize personalized personally phone photo please point preview price prioritise prioritize priority
    problem program programme promising promote promoting promotion propose protect provide question quick
    quickly range reach react reactivate read ready reason receive recognise recognize recommend recommendation
    recover reduce refer referral refill refund regain regular regularly related relationship relevant remind
    reminder replenish replenishment request resolve respond response restore retain reward right root run
    sample satisfaction save schedule selection send serve service shipping simple simply small solve something
    soon special specific stake start step stock story strengthen strong subscription suggest support surprise
    survey tailor tailored talk target team test thank thanks tier tip towards treat trial trigger trust try
    understand upcoming update upgrade upsell urgent urgently useful visit voucher warm watch week weekly
    welcome went win wish wrong yourself
    """
)

_NEUTRAL_OR_ADVICE = NEUTRAL | ADVICE

_SUFFIXES = ("'s", "’s", "'", "s", "es", "d", "ed", "ing", "ly")


def is_known(word: str, with_advice: bool = False) -> bool:
    """Whether a word, in whatever form, is among the neutral words (or, in a suggestion, the shop's deeds)."""
    known = _NEUTRAL_OR_ADVICE if with_advice else NEUTRAL
    return any(form in known for form in _base_forms(word.casefold()))


def words_in(text: str) -> list[str]:
    """The words of a text; the parts of compounds count as words, and so do words with figures in them (S01)."""
    return re.findall(r"[^\W_]*[^\W\d_][^\W_]*(?:['’]s\b)?", text)


def _base_forms(word: str) -> set[str]:
    forms = {word}
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) > len(suffix) + 1:
            stem = word[: -len(suffix)]
            forms |= {stem, stem + "e"}
            if len(stem) > 2 and stem[-1] == stem[-2]:
                forms.add(stem[:-1])
            if stem.endswith("i"):
                forms.add(stem[:-1] + "y")
    return forms
