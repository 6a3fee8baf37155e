#!/usr/bin/env python3
"""Prints what a .docx says, with its styles; fails on a part that is missing, unlisted or not well formed."""
import sys
import xml.etree.ElementTree as xml
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
package = zipfile.ZipFile(sys.argv[1])
assert package.testzip() is None and package.namelist()[0] == "[Content_Types].xml", package.namelist()
parts = {name: xml.fromstring(package.read(name)) for name in package.namelist()}
listed = {node.get("PartName").lstrip("/") for node in parts["[Content_Types].xml"] if node.get("PartName")}
assert listed == {n for n in parts if n.endswith(".xml") and n != "[Content_Types].xml"}, listed
for relations, folder in (("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")):
    for relation in parts[relations]:
        assert folder + relation.get("Target") in parts, relation.get("Target")
styles = {style.get(W + "styleId") for style in parts["word/styles.xml"].iter(W + "style")}


def texts(node):
    return "".join(text.text or "" for text in node.iter(W + "t"))


def style_of(paragraph):
    style = paragraph.find(f"{W}pPr/{W}pStyle").get(W + "val")
    assert style in styles, style
    return style


body = parts["word/document.xml"][0]
section = body.find(W + "sectPr")
size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
footers = [style_of(parts[f"word/footer_{which}.xml"].find(W + "p")) for which in ("odd", "even")]
print(f"page {size.get(W + 'w')}x{size.get(W + 'h')} margins",
      *(margins.get(W + side) for side in ("top", "right", "bottom", "left")), "footers", *footers)
core = {node.tag.split("}")[1]: node.text for node in parts["docProps/core.xml"]}
print("title", core["title"], "by", core["creator"])
for node in body:
    if node.tag == W + "p":
        print(f"{style_of(node)}|{texts(node)}")
    elif node.tag == W + "tbl":
        columns = len(list(node.find(W + "tblGrid")))
        for number, row in enumerate(node.iter(W + "tr")):
            cells = ["".join(f"{texts(p)} " for p in cell.iter(W + "p")).strip() for cell in row.iter(W + "tc")]
            assert len(cells) == columns
            head = row.find(f"{W}trPr/{W}tblHeader") is not None
            print(f"table of {columns}, head repeated: {'|'.join(cells)}" if head else f"row {'|'.join(cells)}")
