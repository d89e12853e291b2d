using System.Buffers.Binary;
using System.IO.Compression;

namespace OrleansBilling.Documents.Images;

/// <summary>Reads PNG files with eight bits a channel, not interlaced (ISO/IEC 15948).</summary>
internal static class Png
{
    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool IsOne(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    public static Logo? Read(ReadOnlyMemory<byte> file, out string? problem)
    {
        problem = "The logo is a damaged PNG.";
        var data = file.Span;
        if (data.Length < 33)
        {
            return null;
        }

        var width = BinaryPrimitives.ReadInt32BigEndian(data[16..]);
        var height = BinaryPrimitives.ReadInt32BigEndian(data[20..]);
        var channels = data[25] switch { 0 => 1, 2 => 3, 3 => 1, 4 => 2, 6 => 4, _ => 0 };
        if (data[24] != 8 || channels == 0 || data[28] != 0)
        {
            problem = "The logo is a PNG of a kind that is not taken: save it with 8 bits a channel, not interlaced.";
            return null;
        }

        if (width is < 1 or > Logo.MaximumPixels || height is < 1 or > Logo.MaximumPixels)
        {
            problem = $"The logo has {width} × {height} pixels; at most {Logo.MaximumPixels} in each direction are taken.";
            return null;
        }

        var rows = Unpack(data, width, height, channels);
        var palette = Chunk(data, "PLTE"u8);
        if (rows is null || (data[25] == 3 && palette.Length == 0))
        {
            return null;
        }

        problem = null;
        return new()
        {
            MediaType = "image/png",
            Width = width,
            Height = height,
            File = file,
            Pixels = ToRgb(rows, data[25], channels, palette, Chunk(data, "tRNS"u8)),
        };
    }

    private static PngPixels ToRgb(byte[] rows, int type, int channels, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> transparency)
    {
        var count = rows.Length / channels;
        var rgb = new byte[3 * count];
        var alpha = type is 4 or 6 || (type == 3 && transparency.Length > 0) ? new byte[count] : null;
        for (var i = 0; i < count; i++)
        {
            var pixel = rows.AsSpan(channels * i, channels);
            var target = rgb.AsSpan(3 * i, 3);
            switch (type)
            {
                case 3:
                    palette.Slice(Math.Min(3 * pixel[0], palette.Length - 3), 3).CopyTo(target);
                    break;
                case 2 or 6:
                    pixel[..3].CopyTo(target);
                    break;
                default:
                    target.Fill(pixel[0]);
                    break;
            }

            if (alpha is not null)
            {
                alpha[i] = type != 3 ? pixel[^1] : pixel[0] < transparency.Length ? transparency[pixel[0]] : (byte)255;
            }
        }

        return new(rgb, alpha);
    }

    /// <summary>Inflates and takes back the filters of the rows; null where the data is damaged.</summary>
    private static byte[]? Unpack(ReadOnlySpan<byte> data, int width, int height, int channels)
    {
        var stride = width * channels;
        var raw = new byte[(stride + 1) * height];
        try
        {
            using var packed = new MemoryStream(Chunks(data, "IDAT"u8));
            using var zip = new ZLibStream(packed, CompressionMode.Decompress);
            zip.ReadExactly(raw);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            return null;
        }

        var rows = new byte[stride * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < stride; x++)
            {
                var left = x >= channels ? rows[(y * stride) + x - channels] : 0;
                var above = y > 0 ? rows[((y - 1) * stride) + x] : 0;
                var corner = x >= channels && y > 0 ? rows[((y - 1) * stride) + x - channels] : 0;
                var predicted = raw[y * (stride + 1)] switch
                {
                    1 => left,
                    2 => above,
                    3 => (left + above) / 2,
                    4 => Paeth(left, above, corner),
                    _ => 0,
                };
                rows[(y * stride) + x] = unchecked((byte)(raw[(y * (stride + 1)) + 1 + x] + predicted));
            }
        }

        return rows;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var estimate = left + above - corner;
        var (byLeft, byAbove, byCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        return byLeft <= byAbove && byLeft <= byCorner ? left : byAbove <= byCorner ? above : corner;
    }

    private static byte[] Chunk(ReadOnlySpan<byte> data, ReadOnlySpan<byte> type) => Chunks(data, type);

    private static byte[] Chunks(ReadOnlySpan<byte> data, ReadOnlySpan<byte> type)
    {
        using var content = new MemoryStream();
        for (var at = 8; at + 12 <= data.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(data[at..]);
            if (length < 0 || length > data.Length - at - 12)
            {
                break;
            }

            if (data.Slice(at + 4, 4).SequenceEqual(type))
            {
                content.Write(data.Slice(at + 8, length));
            }

            at += length + 12;
        }

        return content.ToArray();
    }
}
