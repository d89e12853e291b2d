using Microsoft.Net.Http.Headers;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Requests;

/// <summary>Conditional requests, RFC 9110 section 13.</summary>
internal static class Conditions
{
    /// <summary>Hands <c>If-Match</c> to the entity that the request changes. <c>*</c> demands only that it exists, which a change needs
    /// anyway; weak tags never match.</summary>
    /// <exception cref="ProblemException">422 for a header that is no list of tags: it must not be taken for none.</exception>
    public static void DemandMatch(HttpRequest request)
    {
        if (request.Headers.IfMatch is not { Count: > 0 } header)
        {
            return;
        }
        if (!EntityTagHeaderValue.TryParseStrictList([.. header.OfType<string>()], out var tags))
        {
            throw new ProblemException(Problem.InvalidParameter(
                HeaderNames.IfMatch, "If-Match is the ETag of an earlier answer, in double quotes; several have commas between them."));
        }
        if (!tags.Contains(EntityTagHeaderValue.Any))
        {
            Precondition.Demand([.. tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString().Trim('"'))]);
        }
    }

    /// <summary>Whether the caller has the representation of this tag already.</summary>
    public static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        EntityTagHeaderValue.TryParseList([.. request.Headers.IfNoneMatch.OfType<string>()], out var known)
        && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));
}
