namespace OrleansBilling.Core.Taxation.Numbers;

/// <summary>How numbers of a country are checked.</summary>
/// <param name="Country">ISO 3166-1, or <c>XI</c>.</param>
/// <param name="Prefixes">What may stand before the number; the first is used in the normal form.</param>
/// <param name="Text">For messages.</param>
/// <param name="IsValid">Of a number without prefix and separators.</param>
/// <param name="KeepsPrefix">Whether the normal form has the prefix.</param>
internal sealed record NumberForm(string Country, string[] Prefixes, string Text, Func<string, bool> IsValid, bool KeepsPrefix = true)
{
    internal string Normalize(string number) =>
        KeepsPrefix && !number.StartsWith(Prefixes[0], StringComparison.Ordinal) ? Prefixes[0] + number : number;
}
