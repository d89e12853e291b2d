using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>The end of a pause.</summary>
internal sealed class SubscriptionResumeBody
{
    /// <summary>Chosen by you, to withdraw it by, and to send it again.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary><c>now</c>, <c>periodEnd</c>, or an RFC 3339 time: the first instant that no longer belongs to the pause.</summary>
    [MaxText(40)]
    public required string When { get; set; }
}
