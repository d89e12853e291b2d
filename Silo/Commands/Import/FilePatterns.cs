namespace OrleansBilling.Silo.Commands.Import;

/// <summary>Finds files by name with <c>*</c> and <c>?</c>, for shells that do not, and for data directories.</summary>
public static class FilePatterns
{
    /// <summary>The files of one pattern, by name.</summary>
    /// <param name="pattern">A path; its last part, and the directories before it, may have wildcards.</param>
    public static IReadOnlyList<string> Expand(string pattern)
    {
        if (!pattern.AsSpan().ContainsAny('*', '?'))
        {
            return File.Exists(pattern) ? [pattern] : [];
        }

        var parts = pattern.Replace('\\', '/').Split('/');
        IEnumerable<string> places = [Path.IsPathRooted(pattern) ? "/" : "."];
        foreach (var part in parts[..^1].Where(part => part.Length > 0))
        {
            places = places.SelectMany(place => part.AsSpan().ContainsAny('*', '?')
                ? Directory.Exists(place) ? Directory.GetDirectories(place, part) : []
                : [Path.Combine(place, part)]);
        }

        return [.. places.Where(Directory.Exists).SelectMany(place => Directory.GetFiles(place, parts[^1]))
            .Order(StringComparer.Ordinal)];
    }
}
