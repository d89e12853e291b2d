using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A pause of a subscription.</summary>
internal sealed class SubscriptionPauseBody
{
    /// <summary>Chosen by you, to withdraw it by, and to send it again.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary><c>now</c>, <c>periodEnd</c>, or an RFC 3339 time: the first instant that belongs to the pause.</summary>
    [MaxText(40)]
    public required string When { get; set; }

    /// <summary><c>quarantined</c> keeps usage in the pause back, <c>billed</c> bills it all the same; as the plan says when left out.</summary>
    [MaxText(20)]
    public string? Usage { get; set; }
}
