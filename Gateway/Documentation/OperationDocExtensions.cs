using Microsoft.Net.Http.Headers;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Documentation;

/// <summary>Short ways to document an endpoint where it is mapped.</summary>
internal static class OperationDocExtensions
{
    public static RouteHandlerBuilder Doc(this RouteHandlerBuilder route, OperationDoc doc) =>
        route.WithTags(doc.Tag).WithSummary(doc.Summary).WithDescription(doc.Description).WithMetadata(doc);

    /// <summary>The body; anything else than JSON and the types named is answered 415.</summary>
    public static RouteHandlerBuilder Takes<T>(
        this RouteHandlerBuilder route, params string[] moreTypes) where T : notnull =>
        route.Accepts<T>(JsonBody.MediaType, moreTypes).MayBeRepeated();

    /// <summary>A changing call, which may have an <c>Idempotency-Key</c>; with one, what is sent as its body is read even where it needs none.</summary>
    public static RouteHandlerBuilder MayBeRepeated(this RouteHandlerBuilder route) => route.Problems(400, 409, 413, 415, 422);

    /// <summary>Reads one entity, with its <c>ETag</c>: 304 when the caller has it already.</summary>
    public static RouteHandlerBuilder AnswersEntity<T>(this RouteHandlerBuilder route) =>
        route.Answers<T>().WithMetadata(new ConditionalDoc(HeaderNames.IfNoneMatch), new ProducesResponseTypeMetadata(304, typeof(void)));

    /// <summary>Changes an entity only if it has the tag of <c>If-Match</c>, when there is one: 412 otherwise.</summary>
    public static RouteHandlerBuilder MayRequireMatch(this RouteHandlerBuilder route) =>
        route.WithMetadata(new ConditionalDoc(HeaderNames.IfMatch)).Problems(412);

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses.DefaultIfEmpty(200))
        {
            route.Produces<T>(status, JsonBody.MediaType);
        }
        return route.Problems(401, 403, 429, 503);
    }

    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<ProblemShape>(status, ApiProblem.MediaType);
        }
        return route;
    }
}
