#!/usr/bin/env python3
"""Makes the small pictures of this folder, each full of notes that must not be published.

    pip install pillow piexif
    python3 tests/pictures/make.py
"""
import io
import pathlib

import piexif
from PIL import Image, PngImagePlugin

HERE = pathlib.Path(__file__).parent
NOTE = "Jane Example, 14 Acacia Avenue"
XMP = f'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><n>{NOTE}</n></x:xmpmeta>'.encode()


def exif(orientation):
    small = io.BytesIO()
    Image.new("RGB", (4, 3), (200, 30, 30)).save(small, "JPEG")
    return piexif.dump({
        "0th": {piexif.ImageIFD.Artist: NOTE.encode(), piexif.ImageIFD.Orientation: orientation},
        "GPS": {piexif.GPSIFD.GPSLatitude: ((51, 1), (27, 1), (0, 1))},
        "1st": {}, "thumbnail": small.getvalue(),
    })


picture = Image.new("RGB", (8, 6))
picture.putdata([(x * 30, y * 40, 90) for y in range(6) for x in range(8)])
picture.save(HERE / "upright.jpg", exif=exif(1), comment=NOTE.encode(), xmp=XMP, dpi=(72, 72))
picture.save(HERE / "turned.jpg", exif=exif(6))
picture.save(HERE / "progressive.jpg", progressive=True, comment=NOTE.encode())
text = PngImagePlugin.PngInfo()
text.add_text("Author", NOTE)
text.add_text("Comment", NOTE, zip=True)
text.add_itxt("XML:com.adobe.xmp", XMP.decode())
picture.save(HERE / "notes.png", pnginfo=text, exif=exif(1))
picture.save(HERE / "notes.webp", exif=exif(1), xmp=XMP, lossless=True)
frames = [picture, picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)]
frames[0].save(HERE / "frames.webp", save_all=True, append_images=frames[1:], exif=exif(1), lossless=True)
small = picture.convert("P")
small.save(HERE / "notes.gif", save_all=True, append_images=[frames[1].convert("P")], loop=0, comment=NOTE.encode())
