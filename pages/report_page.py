"""What do I owe this month, and how does it get in?"""

from kpi_metrics.i18n import noted
from pages.components import frame
from pages.components.reporting import doctor, parts

PARTS = {"files": noted("ส่งไฟล์")}

filters = frame.read_filters()
_, lang = filters.translate, filters.lang

frame.title(filters, _("รายงานผล"))
if parts.choose(filters, "report", PARTS) == "files":
    doctor.draw(filters)
