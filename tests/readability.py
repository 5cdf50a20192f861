"""How hard a sentence is to read; the measure is the product's own, as screens give hints by it too."""

from crm.services.reading_ease import MOST_GRADE as MOST_GRADE
from crm.services.reading_ease import MOST_WORDS as MOST_WORDS
from crm.services.reading_ease import measure as measure
from crm.services.reading_ease import syllables as syllables
