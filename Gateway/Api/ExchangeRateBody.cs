using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Rates of a source.</summary>
internal sealed class ExchangeRatesBody
{
    /// <summary>Who published them, such as HMRC; at most 60 characters.</summary>
    [MaxText(60)]
    public required string Source { get; set; }

    /// <summary>ISO 4217 code of the currency of which one unit is so much.</summary>
    [MaxText(3)]
    public required string Base { get; set; }

    /// <summary>At most 10,000.</summary>
    public required ExchangeRateItem[] Rates { get; set; }
}

/// <summary>One of them.</summary>
internal sealed class ExchangeRateItem
{
    /// <summary>ISO date for which it was published, or from which on it holds.</summary>
    [MaxText(10)]
    public required string Date { get; set; }

    /// <summary>ISO 4217 code.</summary>
    [MaxText(3)]
    public required string Currency { get; set; }

    /// <summary>Units of the currency that one unit of the base is; above zero, at most 17 significant digits.</summary>
    public required decimal Rate { get; set; }
}

/// <summary>One rate.</summary>
internal sealed class ExchangeRateBody
{
    /// <summary>Who published it, such as HMRC, or a contract; at most 60 characters.</summary>
    [MaxText(60)]
    public required string Source { get; set; }

    /// <summary>ISO 4217 code of the currency of which one unit is so much.</summary>
    [MaxText(3)]
    public required string Base { get; set; }

    /// <summary>ISO 4217 code.</summary>
    [MaxText(3)]
    public required string Currency { get; set; }

    /// <summary>ISO date for which it was published, or from which on it holds.</summary>
    [MaxText(10)]
    public required string Date { get; set; }

    /// <summary>Units of the currency that one unit of the base is; above zero, at most 17 significant digits.</summary>
    public required decimal Rate { get; set; }
}
