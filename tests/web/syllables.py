"""How many syllables a Spanish word has."""

import re

# One vowel, or one that is spoken together with weak ones (i, u, ü without an accent): a diphthong or a triphthong.
# A final y is spoken as i. The u of que, qui, gue and gui is silent, an h between vowels too.
NUCLEUS = re.compile(r"[iuü]?[aeoáéó](?:[iuüy](?![aeoáéóíú]))?|[íú]|[iuü][iuüy]?|y\b")
SILENT = re.compile(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])|h")


def syllables(word: str) -> int:
    """Count them by the Academia's rules for written accents (Ortografía de la lengua española, 2010); a number is one."""
    return max(1, len(NUCLEUS.findall(SILENT.sub("", word.lower()))))
