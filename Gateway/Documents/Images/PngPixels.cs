namespace OrleansBilling.Documents.Images;

/// <summary>Pixels, row by row.</summary>
/// <param name="Rgb">Three bytes each.</param>
/// <param name="Alpha">One byte each; null where all are opaque.</param>
internal sealed record PngPixels(byte[] Rgb, byte[]? Alpha);
