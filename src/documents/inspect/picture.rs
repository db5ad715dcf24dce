//! Pictures: decoded within limits, turned as the camera was held, drawn anew as JPEG. What is not a point of
//! the picture does not come through: place, camera, comments, thumbnails, whatever stands behind its end.

use super::Refusal;
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage,
    codecs::jpeg::JpegEncoder, metadata::Orientation,
};
use std::io::Cursor;

/// Points of the largest picture.
pub(super) const MAX_PIXELS: u64 = 40_000_000;
/// Its longest side.
const MAX_SIDE: u32 = 20_000;
/// What a decoder may hold: the largest picture at four bytes a point, and room to work.
const MAX_ALLOC: u64 = MAX_PIXELS * 4 + 64 * 1024 * 1024;
/// Paper stays legible, and a photo of a page is a megabyte or two.
const QUALITY: u8 = 85;

/// Draws a picture anew.
pub(super) fn redraw(bytes: &[u8], format: ImageFormat) -> Result<Vec<u8>, Refusal> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
    reader.limits(limits);
    // reads the head only: a flood is refused before a point is decoded
    let mut decoder = reader.into_decoder().map_err(|error| refusal(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Refusal::TooManyPixels);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
    let mut image = flat(image);
    image.apply_orientation(orientation);
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY)
        .encode_image(&image)
        .map_err(|error| refusal(&error))?;
    Ok(out)
}

fn refusal(error: &ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::TooManyPixels,
        _ => Refusal::Damaged,
    }
}

/// Eight bits and no transparency: JPEG has neither more nor any. What shines through is paper, white.
fn flat(image: DynamicImage) -> DynamicImage {
    match image {
        DynamicImage::ImageRgb8(_) | DynamicImage::ImageLuma8(_) => image,
        image if image.color().has_alpha() => {
            let image = image.into_rgba8();
            let mut paper = RgbImage::new(image.width(), image.height());
            for (to, from) in paper.pixels_mut().zip(image.pixels()) {
                let [r, g, b, a] = from.0.map(u16::from);
                let over = |c: u16| u8::try_from((c * a + 255 * (255 - a)) / 255).unwrap_or(255);
                to.0 = [over(r), over(g), over(b)];
            }
            paper.into()
        }
        image => image.into_rgb8().into(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{super::tests::refusal, *};
    use image::{Rgb, Rgba, RgbaImage};

    /// Left half red, right half blue.
    fn halves(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, _| {
            if x < width / 2 {
                Rgb([220, 20, 20])
            } else {
                Rgb([20, 20, 220])
            }
        })
    }

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        image.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
        encoded(&halves(width, height).into(), ImageFormat::Png)
    }

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        encoded(&halves(width, height).into(), ImageFormat::Jpeg)
    }

    /// A JPEG whose camera lay on its side, and said where it stood.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut tiff = b"MM\x00\x2a\x00\x00\x00\x08".to_vec();
        // two entries: orientation 6 (turn right), and the folder of the place
        tiff.extend(b"\x00\x02");
        tiff.extend(b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00");
        tiff.extend(b"\x88\x25\x00\x04\x00\x00\x00\x01\x00\x00\x00\x26");
        tiff.extend(b"\x00\x00\x00\x00");
        // the place: north, and a text that a search finds
        tiff.extend(b"\x00\x01\x00\x1d\x00\x02\x00\x00\x00\x0b\x00\x00\x00\x38\x00\x00\x00\x00");
        tiff.extend(b"GPSCANARY33N6W");
        let mut exif = b"Exif\x00\x00".to_vec();
        exif.extend(tiff);
        let mut out = jpeg[..2].to_vec();
        out.extend([0xff, 0xe1]);
        out.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        out.extend(exif);
        out.extend(&jpeg[2..]);
        out
    }

    fn holds(bytes: &[u8], needle: &[u8]) -> bool {
        bytes.windows(needle.len()).any(|window| window == needle)
    }

    #[test]
    fn place_and_camera_are_gone_and_the_picture_stands_upright() {
        let received = with_exif(&jpeg(40, 20));
        assert!(holds(&received, b"GPSCANARY") && holds(&received, b"Exif"));
        let mut behind = received.clone();
        behind.extend(b"<script>CANARY-BEHIND</script>");
        for bytes in [received, behind] {
            let kept = redraw(&bytes, ImageFormat::Jpeg).unwrap();
            assert!(!holds(&kept, b"CANARY") && !holds(&kept, b"Exif"));
            let mut decoder = ImageReader::with_format(Cursor::new(&kept), ImageFormat::Jpeg)
                .into_decoder()
                .unwrap();
            assert_eq!(decoder.exif_metadata().unwrap(), None);
            let image = DynamicImage::from_decoder(decoder).unwrap().into_rgb8();
            assert_eq!(image.dimensions(), (20, 40), "turned");
            let (top, bottom) = (image.get_pixel(10, 4), image.get_pixel(10, 36));
            assert!(top.0[0] > 150 && bottom.0[2] > 150, "{top:?} {bottom:?}");
        }
    }

    #[test]
    fn every_kind_becomes_jpeg_on_white_paper() {
        let clear = RgbaImage::from_pixel(8, 8, Rgba([10, 10, 10, 0]));
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            let kept = redraw(&encoded(&clear.clone().into(), format), format).unwrap();
            let image = image::load_from_memory_with_format(&kept, ImageFormat::Jpeg).unwrap();
            assert!(
                image
                    .into_rgb8()
                    .pixels()
                    .all(|p| p.0.iter().all(|c| *c > 250))
            );
        }
        let deep = DynamicImage::from(halves(8, 8)).into_rgb16();
        assert!(redraw(&encoded(&deep.into(), ImageFormat::Png), ImageFormat::Png).is_ok());
    }

    /// A PNG that says it has that many points and holds none of them.
    fn flood(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = png(4, 4);
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let mut crc = flate2::Crc::new();
        crc.update(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
        bytes
    }

    #[test]
    fn a_flood_of_points_is_refused_by_its_head() {
        for (width, height) in [
            (10_000, 10_000),
            (8_000, 5_001),
            (2_000_000, 1),
            (u32::MAX >> 1, 60_000),
        ] {
            assert_eq!(
                refusal("a.png", flood(width, height)),
                Some(Refusal::TooManyPixels),
                "{width} × {height}"
            );
        }
        // within measure, and not whole
        assert_eq!(refusal("a.png", flood(800, 600)), Some(Refusal::Damaged));
        // the same in JPEG, where the size stands in its frame
        let mut bytes = jpeg(16, 16);
        let frame = bytes.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
        bytes[frame + 5..frame + 9].copy_from_slice(&[0x27, 0x10, 0x27, 0x10]);
        assert_eq!(refusal("a.jpg", bytes), Some(Refusal::TooManyPixels));
    }

    #[test]
    fn a_picture_that_was_cut_off_is_damaged() {
        for (name, bytes) in [("a.png", png(64, 64)), ("a.jpg", jpeg(64, 64))] {
            let cut = bytes[..bytes.len() * 2 / 3].to_vec();
            assert_eq!(refusal(name, cut), Some(Refusal::Damaged), "{name}");
        }
        assert_eq!(
            refusal("a.jpg", b"\xff\xd8\xff\xe0".to_vec()),
            Some(Refusal::Damaged)
        );
    }
}
