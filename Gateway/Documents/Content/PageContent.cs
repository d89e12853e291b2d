using OrleansBilling.Documents.Localization;

namespace OrleansBilling.Documents.Content;

/// <summary>What the pages of a document say, all of it text in the document's language; where it stands is up to the
/// renderer.</summary>
internal sealed record PageContent
{
    public required LocaleFormat Format { get; init; }

    public required DocumentTexts Texts { get; init; }

    /// <summary>BCP 47, e.g. <c>fr-FR</c>.</summary>
    public required string Language { get; init; }

    /// <summary>E.g. <c>Invoice</c>.</summary>
    public required string Title { get; init; }

    public required string Number { get; init; }

    public required PartyBlock Seller { get; init; }

    public required PartyBlock Buyer { get; init; }

    /// <summary>Number, dates, references.</summary>
    public required IReadOnlyList<Fact> Facts { get; init; }

    /// <summary>The amount that matters most, at the top.</summary>
    public required Fact Headline { get; init; }

    /// <summary>Below it, e.g. by when; null where nothing is to be paid.</summary>
    public string? HeadlineNote { get; init; }

    /// <summary>Description, quantity, unit price, tax, amount.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    public required IReadOnlyList<ContentRow> Rows { get; init; }

    public required IReadOnlyList<TotalRow> Totals { get; init; }

    public required IReadOnlyList<TaxRow> Taxes { get; init; }

    /// <summary>E.g. the tax in another currency.</summary>
    public required IReadOnlyList<Fact> TaxFacts { get; init; }

    /// <summary>A sentence or two about paying.</summary>
    public required IReadOnlyList<string> PaymentSentences { get; init; }

    public required IReadOnlyList<Fact> PaymentFacts { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required string Footer { get; init; }
}
