using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>The end of a subscription.</summary>
internal sealed class SubscriptionCancelBody
{
    /// <summary>Chosen by you, to withdraw it by, and to send it again; <c>cancel</c> when left out.</summary>
    [IdText]
    public string? Id { get; set; }

    /// <summary><c>now</c>, <c>periodEnd</c>, or an RFC 3339 time: the first instant that no longer belongs to it.</summary>
    [MaxText(40)]
    public required string When { get; set; }
}
