using System.Buffers.Text;
using System.Text;

namespace OrleansBilling.Gateway.Requests;

/// <summary>Cursors of listings: opaque to callers, base64url of where the page ended.</summary>
public static class Cursor
{
    /// <summary>Makes a cursor; null stays null.</summary>
    public static string? Encode(string? position) =>
        position is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(position));

    /// <summary>What <see cref="Encode"/> was given; null for what it never made.</summary>
    public static string? Decode(string cursor)
    {
        if (cursor.Length > 1000 || !Base64Url.IsValid(cursor))
        {
            return null;
        }
        var bytes = Base64Url.DecodeFromChars(cursor);
        return bytes.Length > 0 && System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }
}
