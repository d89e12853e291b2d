using System.Buffers.Binary;

namespace OrleansBilling.Documents.Images;

/// <summary>A tenant's picture, read just as far as pages need it.</summary>
internal sealed record Logo
{
    /// <summary>1 MiB.</summary>
    public const int MaximumBytes = 1 << 20;

    /// <summary>In each direction.</summary>
    public const int MaximumPixels = 4096;

    public required string MediaType { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>The file as it came.</summary>
    public required ReadOnlyMemory<byte> File { get; init; }

    /// <summary>Of a JPEG: 1 for grey, 3 for colour, 4 for CMYK.</summary>
    public int Components { get; init; } = 3;

    /// <summary>Of a PNG: pixels.</summary>
    public PngPixels? Pixels { get; init; }

    /// <summary>Reads a logo; null without one.</summary>
    /// <param name="file">PNG with 8 bits, not interlaced, or JPEG.</param>
    /// <param name="problem">What is wrong with it, in English; then the result is null.</param>
    public static Logo? Read(ReadOnlyMemory<byte> file, out string? problem)
    {
        problem = null;
        if (file.IsEmpty)
        {
            return null;
        }

        if (file.Length > MaximumBytes)
        {
            problem = $"The logo has {file.Length} bytes; at most {MaximumBytes} are taken.";
            return null;
        }

        var logo = Png.IsOne(file.Span) ? Png.Read(file, out problem) : ReadJpeg(file, out problem);
        if (logo is not null && (logo.Width > MaximumPixels || logo.Height > MaximumPixels || logo.Width < 1 || logo.Height < 1))
        {
            problem = $"The logo has {logo.Width} × {logo.Height} pixels; at most {MaximumPixels} in each direction are taken.";
            return null;
        }

        return logo;
    }

    /// <summary>Looks for the frame header (ITU-T T.81, B.2.2).</summary>
    private static Logo? ReadJpeg(ReadOnlyMemory<byte> file, out string? problem)
    {
        problem = "The logo is neither a PNG nor a JPEG.";
        var data = file.Span;
        if (data.Length < 4 || data[0] != 0xFF || data[1] != 0xD8)
        {
            return null;
        }

        for (var at = 2; at + 9 < data.Length && data[at] == 0xFF;)
        {
            var marker = data[at + 1];
            if (marker is >= 0xC0 and <= 0xC2)
            {
                problem = data[at + 9] is 1 or 3 ? null : "A JPEG logo must be grey or RGB.";
                return problem is not null ? null : new()
                {
                    MediaType = "image/jpeg",
                    Height = BinaryPrimitives.ReadUInt16BigEndian(data[(at + 5)..]),
                    Width = BinaryPrimitives.ReadUInt16BigEndian(data[(at + 7)..]),
                    Components = data[at + 9],
                    File = file,
                };
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]);
        }

        problem = "The logo is a JPEG of a kind that is not taken: baseline and progressive are.";
        return null;
    }
}
