using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace OrleansBilling.Documents.Pdf;

/// <summary>Writes the objects of a PDF 1.7 file (ISO 32000-1, 7.5). The same objects give the same bytes.</summary>
internal sealed class PdfFile
{
    private readonly List<byte[]?> _objects = [];

    /// <summary>Number of an object that is set later.</summary>
    public int Reserve()
    {
        _objects.Add(null);
        return _objects.Count;
    }

    /// <summary>Sets a reserved object.</summary>
    public void Set(int number, string content) => _objects[number - 1] = Encoding.Latin1.GetBytes(content);

    /// <summary>Adds an object and returns its number.</summary>
    public int Add(string content)
    {
        var number = Reserve();
        Set(number, content);
        return number;
    }

    /// <summary>Adds a compressed stream.</summary>
    /// <param name="entries">Of its dictionary, without length and filter.</param>
    /// <param name="data">Not compressed.</param>
    public int AddStream(string entries, ReadOnlySpan<byte> data)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(data);
        }

        return AddRawStream($"{entries} /Filter /FlateDecode", packed.ToArray());
    }

    /// <summary>Adds a stream as it is.</summary>
    public int AddRawStream(string entries, ReadOnlySpan<byte> data)
    {
        var head = Encoding.Latin1.GetBytes($"<< {entries} /Length {Number(data.Length)} >>\nstream\n");
        _objects.Add([.. head, .. data, .. "\nendstream"u8]);
        return _objects.Count;
    }

    /// <summary>The whole file.</summary>
    /// <param name="root">The catalogue.</param>
    /// <param name="info">The information dictionary.</param>
    public byte[] Save(int root, int info)
    {
        using var file = new MemoryStream();
        Write(file, "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        var offsets = new List<long>();
        for (var i = 0; i < _objects.Count; i++)
        {
            offsets.Add(file.Length);
            Write(file, $"{Number(i + 1)} 0 obj\n");
            file.Write(_objects[i] ?? throw new InvalidOperationException($"Object {i + 1} was reserved and never set."));
            Write(file, "\nendobj\n");
        }

        var id = Convert.ToHexString(SHA256.HashData(file.ToArray()).AsSpan(0, 16));
        var start = file.Length;
        Write(file, $"xref\n0 {Number(_objects.Count + 1)}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            Write(file, $"{offset.ToString("0000000000", CultureInfo.InvariantCulture)} 00000 n \n");
        }

        Write(file, $"trailer\n<< /Size {Number(_objects.Count + 1)} /Root {Number(root)} 0 R /Info {Number(info)} 0 R "
            + $"/ID [<{id}> <{id}>] >>\nstartxref\n{Number(start)}\n%%EOF\n");
        return file.ToArray();
    }

    /// <summary>Text of dictionaries, as UTF-16 with its mark.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    /// <summary>A whole number.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A measure, to a thousandth.</summary>
    public static string Number(float value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static void Write(MemoryStream file, string text) => file.Write(Encoding.Latin1.GetBytes(text));
}
