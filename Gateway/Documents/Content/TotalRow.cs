namespace OrleansBilling.Documents.Content;

/// <summary>A sum with its currency.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">With currency.</param>
/// <param name="Weight">How much it stands out.</param>
internal sealed record TotalRow(string Label, string Value, TotalWeight Weight);
