"""Forms (表格): the nine that a school office prints, as Word files (.docx) filled from data (domain 5).

`filled_*` put what a use case gathered into words, `layouts` says where on the page each field stands, `paper` writes
it, `own_layout` puts it into a school's own file instead. `forms` is the door.
"""
