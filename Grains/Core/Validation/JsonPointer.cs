namespace OrleansBilling.Core.Validation;

/// <summary>RFC 6901.</summary>
internal static class JsonPointer
{
    /// <summary>A property name as a part of a pointer.</summary>
    internal static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>A part of a pointer as a property name.</summary>
    internal static string Unescape(string step) =>
        step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
