//! Shapes: conversions of the crate's own, and members under any name beside them.

use geojson::{Feature, FeatureCollection, GeoJson, Geometry};

use crate::{subject::Subject, subjects};

/// Returns the types of the crate.
pub fn subjects() -> Vec<Subject> {
    subjects![
        tricky GeoJson = [COLLECTION] by "type",
        tricky FeatureCollection = [COLLECTION] by "type",
        tricky Feature = [FEATURE] by "type",
        tricky Geometry = [
            r#"{"type":"LineString","coordinates":[[1.5,2],[3,4.25],[5,6]]}"#,
            r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"MultiPoint","coordinates":[[7,8]]}]}"#,
        ] by "type",
    ]
}

const COLLECTION: &str = r#"{
  "type": "FeatureCollection",
  "bbox": [-10, -10, 10, 10],
  "features": [
    {"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [102.0, 0.5]}, "properties": {"name": "tea"}},
    {"type": "Feature", "geometry": null, "properties": null}
  ],
  "note": "kept"
}"#;

const FEATURE: &str = r#"{
  "type": "Feature",
  "geometry": {"type": "Polygon", "coordinates": [[[1, 2], [30, 4], [31, 32], [1, 2]], [[11, 12], [21, 13], [22, 23], [11, 12]]], "bbox": [1, 2, 31, 32]},
  "properties": {"height": 4.5, "tags": ["a"]},
  "id": "square",
  "source": {"by": "hand"}
}"#;
