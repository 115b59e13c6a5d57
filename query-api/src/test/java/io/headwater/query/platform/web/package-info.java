/// HTTP for all features: problem documents, headers, the dashboard's files, OpenAPI.
@NullMarked
package io.headwater.query.platform.web;

import org.jspecify.annotations.NullMarked;
