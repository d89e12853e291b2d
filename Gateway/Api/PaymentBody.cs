using NodaTime;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Money that came in.</summary>
internal sealed class PaymentBody
{
    /// <summary>Chosen by you; unique among the customer's payments. The same payment sent again counts once.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>In major units, above zero.</summary>
    public required decimal Amount { get; set; }

    /// <summary>When it came; now when left out.</summary>
    public Instant? ReceivedAt { get; set; }

    /// <summary>How, in your words: card, transfer.</summary>
    [MaxText(100)]
    public string? Method { get; set; }

    /// <summary>Of the bank or the payment provider.</summary>
    [MaxText(200)]
    public string? Reference { get; set; }

    /// <summary>Numbers of the invoices that it pays, in this order; left out, those that were issued first.</summary>
    [MaxText(128, Entries = 1_000)]
    public string[]? Invoices { get; set; }
}

/// <summary>Why something is done.</summary>
internal sealed class ReasonBody
{
    /// <summary>For the records.</summary>
    [MaxText(500)]
    public required string Reason { get; set; }
}

/// <summary>Money that was paid back.</summary>
internal sealed class RefundBody
{
    /// <summary>Chosen by you; unique among the customer's refunds. The same refund sent again counts once.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>In major units, above zero, at most the customer's balance.</summary>
    public required decimal Amount { get; set; }

    /// <summary>Of the bank or the payment provider.</summary>
    [MaxText(200)]
    public string? Reference { get; set; }
}
