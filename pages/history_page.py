"""What changed, when, by whom?"""

from kpi_metrics import history
from pages.components import frame, grids, store
from pages.components.history import batch, listing

filters = frame.read_filters()
_ = filters.translate

if filters.id:
    batch.draw(filters, filters.id)
else:
    batches = store.rows(history.batches, filters)
    frame.title(filters, listing.headline(filters, batches))
    grids.draw(
        grids.section(_("การนำเข้า"), _("ยกเลิกและนำกลับมาได้ทุกครั้ง โดยไม่มีอะไรถูกลบ")),
        listing.table(filters, batches)
        if batches
        else grids.empty_sentence(_("ส่งไฟล์แรกที่หน้ารายงานผล แล้วการนำเข้าจะปรากฏที่นี่")),
        listing.closings(filters),
    )
