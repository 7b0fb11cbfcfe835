"""What changed, when, by whom?"""

from pages.components import frame

filters = frame.read_filters()
_, lang = filters.translate, filters.lang

frame.title(filters, _("ประวัติ"))
