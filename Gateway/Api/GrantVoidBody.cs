using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Taking back what is unused of a grant.</summary>
internal sealed class GrantVoidBody
{
    /// <summary>For the records.</summary>
    [MaxText(200)]
    public string? Reason { get; set; }
}
