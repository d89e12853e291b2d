using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Contracts.ReRating;

/// <summary>Re-ratings of a tenant; the key is its id.</summary>
[GrainInterfaceType("billing.re-ratings")]
public interface IReRatingGrain : IGrainWithStringKey
{
    /// <summary>Rates periods by a corrected plan and keeps the answer; changes no bill.</summary>
    [Alias("preview")]
    [ResponseTimeout("00:05:00")]
    Task<CommandResult<ReRatingView>> Preview(ReRatingSpec spec);

    /// <summary>Makes the corrected plan the one that the periods are rated with; refused when anything has changed since the preview.</summary>
    [Alias("apply")]
    [ResponseTimeout("00:05:00")]
    Task<CommandResult<ReRatingView>> Apply(string id);

    /// <summary>Null when there is none of that id.</summary>
    [Alias("get")]
    Task<ReRatingView?> Get(string id);

    /// <summary>By id (ordinal), after the cursor, without their subscriptions.</summary>
    [Alias("list")]
    Task<Page<ReRatingView>> List(string? after, int limit);
}
