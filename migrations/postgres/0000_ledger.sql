CREATE TABLE "accounts" (
	"workspace" text NOT NULL,
	"platform" text NOT NULL,
	"user_id" text NOT NULL,
	"person_id" text NOT NULL,
	CONSTRAINT "accounts_workspace_platform_user_id_pk" PRIMARY KEY("workspace","platform","user_id")
);
--> statement-breakpoint
CREATE TABLE "adjustments" (
	"workspace" text NOT NULL,
	"year" bigint NOT NULL,
	"task" text NOT NULL,
	"number" bigint NOT NULL,
	"kind" text NOT NULL,
	"milestone" bigint,
	"due" date,
	"unit_id" text,
	"words" text NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "adjustments_workspace_year_task_number_pk" PRIMARY KEY("workspace","year","task","number")
);
--> statement-breakpoint
CREATE TABLE "awaited_files" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"platform" text NOT NULL,
	"person_id" text NOT NULL,
	"lane" text NOT NULL,
	"message" json NOT NULL,
	"name" text NOT NULL,
	"picture" boolean NOT NULL,
	"source" json NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"attempts" bigint DEFAULT 0 NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"taken_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "bind_codes" (
	"workspace" text NOT NULL,
	"hash" text NOT NULL,
	"purpose" text NOT NULL,
	"plans" json,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"used_by" text,
	CONSTRAINT "bind_codes_workspace_hash_pk" PRIMARY KEY("workspace","hash")
);
--> statement-breakpoint
CREATE TABLE "calendar_links" (
	"workspace" text NOT NULL,
	"person_id" text NOT NULL,
	"unit_id" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "calendar_links_workspace_person_id_pk" PRIMARY KEY("workspace","person_id")
);
--> statement-breakpoint
CREATE TABLE "carried_tasks" (
	"workspace" text NOT NULL,
	"from_year" bigint NOT NULL,
	"from_task" text NOT NULL,
	"to_year" bigint NOT NULL,
	"to_task" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "carried_tasks_workspace_from_year_from_task_pk" PRIMARY KEY("workspace","from_year","from_task")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"group_id" text NOT NULL,
	"person_id" text,
	"kind" text NOT NULL,
	"target" json,
	"reply" json,
	"state" text NOT NULL,
	"attempts" bigint DEFAULT 0 NOT NULL,
	"first_tried_at" timestamp (3) with time zone,
	"may_have_arrived" boolean DEFAULT false NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"useful_until" timestamp (3) with time zone,
	"taken_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"platform_message_id" text,
	"why" text
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"title" text NOT NULL,
	"number" text,
	"issuer" text,
	"issued_on" date,
	"file_name" text NOT NULL,
	"sha256" text NOT NULL,
	"text" text NOT NULL,
	"imported_at" timestamp (3) with time zone NOT NULL,
	"imported_by" text NOT NULL,
	CONSTRAINT "documents_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "duties" (
	"workspace" text NOT NULL,
	"year" bigint NOT NULL,
	"task" text NOT NULL,
	"milestone" bigint NOT NULL,
	"occurrence" text DEFAULT '' NOT NULL,
	"unit_id" text NOT NULL,
	"status" text NOT NULL,
	"percent" bigint,
	"problem" boolean DEFAULT false NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL,
	"sequence" bigint NOT NULL,
	CONSTRAINT "duties_workspace_year_task_milestone_occurrence_unit_id_pk" PRIMARY KEY("workspace","year","task","milestone","occurrence","unit_id")
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"report" bigint,
	"attached_by" bigint,
	"year" bigint,
	"task" text,
	"number" bigint,
	"person_id" text NOT NULL,
	"chat_id" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"offered_until" timestamp (3) with time zone,
	"taken_back_at" timestamp (3) with time zone,
	"forgotten_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "feedback" (
	"workspace" text NOT NULL,
	"number" bigint NOT NULL,
	"person_id" text,
	"words" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_workspace_number_pk" PRIMARY KEY("workspace","number")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"platform" text NOT NULL,
	"account" text NOT NULL,
	"chat_id" text NOT NULL,
	"name" text NOT NULL,
	"plans" json,
	"bound_at" timestamp (3) with time zone NOT NULL,
	"webhook" text,
	"lost_at" timestamp (3) with time zone,
	"lost_why" text,
	"weekly_messages" bigint,
	CONSTRAINT "groups_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"workspace" text NOT NULL,
	"number" bigint NOT NULL,
	"file_name" text NOT NULL,
	"sha256" text NOT NULL,
	"text" text NOT NULL,
	"draft" json NOT NULL,
	"state" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "imports_workspace_number_pk" PRIMARY KEY("workspace","number")
);
--> statement-breakpoint
CREATE TABLE "inbound" (
	"workspace" text NOT NULL,
	"platform" text NOT NULL,
	"account" text NOT NULL,
	"message_id" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"person_id" text,
	"group_id" text,
	"commands" json NOT NULL,
	"replies" json,
	"error_id" text,
	CONSTRAINT "inbound_workspace_platform_account_message_id_pk" PRIMARY KEY("workspace","platform","account","message_id")
);
--> statement-breakpoint
CREATE TABLE "join_requests" (
	"workspace" text NOT NULL,
	"number" bigint NOT NULL,
	"person_id" text NOT NULL,
	"unit_id" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"group_id" text,
	"state" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "join_requests_workspace_number_pk" PRIMARY KEY("workspace","number")
);
--> statement-breakpoint
CREATE TABLE "milestones" (
	"workspace" text NOT NULL,
	"year" bigint NOT NULL,
	"task" text NOT NULL,
	"number" bigint NOT NULL,
	"phrase" text NOT NULL,
	"what" text NOT NULL,
	"kind" text NOT NULL,
	"due_on" date,
	"from_on" date,
	"to_on" date,
	"every" text,
	"by" json,
	"line" bigint NOT NULL,
	CONSTRAINT "milestones_workspace_year_task_number_pk" PRIMARY KEY("workspace","year","task","number")
);
--> statement-breakpoint
CREATE TABLE "mutes" (
	"workspace" text NOT NULL,
	"person_id" text NOT NULL,
	"year" bigint NOT NULL,
	"task" text NOT NULL,
	"until_on" date NOT NULL,
	CONSTRAINT "mutes_workspace_person_id_year_task_pk" PRIMARY KEY("workspace","person_id","year","task")
);
--> statement-breakpoint
CREATE TABLE "pending_questions" (
	"workspace" text NOT NULL,
	"person_id" text NOT NULL,
	"chat_id" text NOT NULL,
	"kind" text NOT NULL,
	"payload" json NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "pending_questions_workspace_person_id_chat_id_pk" PRIMARY KEY("workspace","person_id","chat_id")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"unit_id" text,
	"roles" json NOT NULL,
	"active" boolean NOT NULL,
	"scope" json,
	"left_at" timestamp (3) with time zone,
	CONSTRAINT "people_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"workspace" text NOT NULL,
	"year" bigint NOT NULL,
	"prefix" text NOT NULL,
	"document_id" text,
	"position" bigint NOT NULL,
	"title" text NOT NULL,
	"issued_on" date,
	"goals" json NOT NULL,
	"line" bigint NOT NULL,
	"kind" text DEFAULT 'document' NOT NULL,
	"closed_on" date,
	CONSTRAINT "plans_workspace_year_prefix_pk" PRIMARY KEY("workspace","year","prefix")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"workspace" text NOT NULL,
	"number" bigint NOT NULL,
	"kind" text NOT NULL,
	"year" bigint NOT NULL,
	"task" text NOT NULL,
	"duties" json NOT NULL,
	"unit_id" text,
	"person_id" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"group_id" text NOT NULL,
	"words" text NOT NULL,
	"stated_due" date,
	"new_due" date,
	"granted_due" date,
	"in_time" boolean DEFAULT true NOT NULL,
	"opinion" json,
	"state" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"decision" text,
	"agreed_by" text,
	CONSTRAINT "requests_workspace_number_pk" PRIMARY KEY("workspace","number")
);
--> statement-breakpoint
CREATE TABLE "responsibilities" (
	"workspace" text NOT NULL,
	"year" bigint NOT NULL,
	"task" text NOT NULL,
	"position" bigint NOT NULL,
	"role" text NOT NULL,
	"unit_id" text NOT NULL,
	"written" text NOT NULL,
	"inherited" boolean NOT NULL,
	"open" boolean NOT NULL,
	"clause_group" bigint NOT NULL,
	"line" bigint NOT NULL,
	CONSTRAINT "responsibilities_workspace_year_task_position_pk" PRIMARY KEY("workspace","year","task","position")
);
--> statement-breakpoint
CREATE TABLE "roster_changes" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL,
	"subject" text NOT NULL,
	"kind" text NOT NULL,
	"before" json,
	"after" json,
	"words" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rounds" (
	"workspace" text NOT NULL,
	"number" bigint NOT NULL,
	"name" text NOT NULL,
	"group_id" text NOT NULL,
	"opened_by" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"counts_from" timestamp (3) with time zone NOT NULL,
	"last_day" date NOT NULL,
	"owed" json NOT NULL,
	"state" text NOT NULL,
	"reminded_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "rounds_workspace_number_pk" PRIMARY KEY("workspace","number")
);
--> statement-breakpoint
CREATE TABLE "schedules" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"group_id" text NOT NULL,
	"kind" text NOT NULL,
	"rule" json NOT NULL,
	"active" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "schedules_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "seals" (
	"workspace" text NOT NULL,
	"day" date NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL,
	"heads" json NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "seals_workspace_day_pk" PRIMARY KEY("workspace","day")
);
--> statement-breakpoint
CREATE TABLE "slots" (
	"workspace" text NOT NULL,
	"schedule_id" text NOT NULL,
	"slot" text NOT NULL,
	"state" text NOT NULL,
	"planned_for" timestamp (3) with time zone NOT NULL,
	"covers_until" date,
	"prepared_at" timestamp (3) with time zone,
	"delivery_key" text,
	"why" text,
	CONSTRAINT "slots_workspace_schedule_id_slot_pk" PRIMARY KEY("workspace","schedule_id","slot")
);
--> statement-breakpoint
CREATE TABLE "task_links" (
	"workspace" text NOT NULL,
	"year" bigint NOT NULL,
	"part" text NOT NULL,
	"whole" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "task_links_workspace_year_part_pk" PRIMARY KEY("workspace","year","part")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"workspace" text NOT NULL,
	"year" bigint NOT NULL,
	"key" text NOT NULL,
	"code" text NOT NULL,
	"retired" boolean DEFAULT false NOT NULL,
	"prefix" text NOT NULL,
	"number" bigint NOT NULL,
	"annex" boolean NOT NULL,
	"position" bigint NOT NULL,
	"section" json NOT NULL,
	"title" text NOT NULL,
	"short_title" text NOT NULL,
	"text" text NOT NULL,
	"points" json NOT NULL,
	"targets" json DEFAULT '[]'::json NOT NULL,
	"leaders" json DEFAULT '[]'::json NOT NULL,
	"line" bigint NOT NULL,
	"update_count" bigint DEFAULT 0 NOT NULL,
	"last_hash" text DEFAULT '' NOT NULL,
	CONSTRAINT "tasks_workspace_year_key_pk" PRIMARY KEY("workspace","year","key")
);
--> statement-breakpoint
CREATE TABLE "topics" (
	"workspace" text NOT NULL,
	"chat_id" text NOT NULL,
	"sender" text NOT NULL,
	"topic" json NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "topics_workspace_chat_id_sender_pk" PRIMARY KEY("workspace","chat_id","sender")
);
--> statement-breakpoint
CREATE TABLE "unit_aliases" (
	"workspace" text NOT NULL,
	"alias" text NOT NULL,
	"unit_id" text NOT NULL,
	CONSTRAINT "unit_aliases_workspace_alias_pk" PRIMARY KEY("workspace","alias")
);
--> statement-breakpoint
CREATE TABLE "unit_members" (
	"workspace" text NOT NULL,
	"group_id" text NOT NULL,
	"unit_id" text NOT NULL,
	"position" bigint NOT NULL,
	CONSTRAINT "unit_members_workspace_group_id_unit_id_pk" PRIMARY KEY("workspace","group_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "units" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"position" bigint NOT NULL,
	"merged_into" text,
	CONSTRAINT "units_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "updates" (
	"sequence" bigserial PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"year" bigint NOT NULL,
	"task" text NOT NULL,
	"number" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"person_id" text NOT NULL,
	"unit_id" text,
	"role" text,
	"group_id" text,
	"platform" text NOT NULL,
	"message_id" text NOT NULL,
	"kind" text NOT NULL,
	"note" text NOT NULL,
	"percent" bigint,
	"changes" json NOT NULL,
	"details" json DEFAULT '{}'::json NOT NULL,
	"undoes" bigint,
	"version" bigint NOT NULL,
	"algorithm" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "urgings" (
	"workspace" text NOT NULL,
	"unit_id" text NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"tasks" json NOT NULL,
	"words" text NOT NULL,
	"group_id" text NOT NULL,
	"sent_by" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"acknowledged_by" text,
	"acknowledged_at" timestamp (3) with time zone,
	CONSTRAINT "urgings_workspace_unit_id_day_pk" PRIMARY KEY("workspace","unit_id","day")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"start_on" date,
	"ledger_version" bigint DEFAULT 0 NOT NULL,
	"roster_version" bigint DEFAULT 0 NOT NULL,
	"settings" json NOT NULL
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_person_id" FOREIGN KEY ("workspace","person_id") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_task" FOREIGN KEY ("workspace","year","task") REFERENCES "public"."tasks"("workspace","year","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "awaited_files" ADD CONSTRAINT "awaited_files_person_id" FOREIGN KEY ("workspace","person_id") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bind_codes" ADD CONSTRAINT "bind_codes_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_links" ADD CONSTRAINT "calendar_links_person" FOREIGN KEY ("workspace","person_id") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carried_tasks" ADD CONSTRAINT "carried_tasks_from" FOREIGN KEY ("workspace","from_year","from_task") REFERENCES "public"."tasks"("workspace","year","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carried_tasks" ADD CONSTRAINT "carried_tasks_to" FOREIGN KEY ("workspace","to_year","to_task") REFERENCES "public"."tasks"("workspace","year","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_group_id" FOREIGN KEY ("workspace","group_id") REFERENCES "public"."groups"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duties" ADD CONSTRAINT "duties_task" FOREIGN KEY ("workspace","year","task") REFERENCES "public"."tasks"("workspace","year","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duties" ADD CONSTRAINT "duties_unit" FOREIGN KEY ("workspace","unit_id") REFERENCES "public"."units"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_task_key" FOREIGN KEY ("workspace","year","task") REFERENCES "public"."tasks"("workspace","year","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_person_id" FOREIGN KEY ("workspace","person_id") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_person" FOREIGN KEY ("workspace","proposed_by") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "join_requests" ADD CONSTRAINT "join_requests_person" FOREIGN KEY ("workspace","person_id") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "join_requests" ADD CONSTRAINT "join_requests_unit" FOREIGN KEY ("workspace","unit_id") REFERENCES "public"."units"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestones" ADD CONSTRAINT "milestones_task" FOREIGN KEY ("workspace","year","task") REFERENCES "public"."tasks"("workspace","year","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mutes" ADD CONSTRAINT "mutes_person" FOREIGN KEY ("workspace","person_id") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_questions" ADD CONSTRAINT "pending_questions_person" FOREIGN KEY ("workspace","person_id") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_unit_id" FOREIGN KEY ("workspace","unit_id") REFERENCES "public"."units"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_document" FOREIGN KEY ("workspace","document_id") REFERENCES "public"."documents"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_task_key" FOREIGN KEY ("workspace","year","task") REFERENCES "public"."tasks"("workspace","year","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_person" FOREIGN KEY ("workspace","person_id") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responsibilities" ADD CONSTRAINT "responsibilities_task" FOREIGN KEY ("workspace","year","task") REFERENCES "public"."tasks"("workspace","year","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responsibilities" ADD CONSTRAINT "responsibilities_unit" FOREIGN KEY ("workspace","unit_id") REFERENCES "public"."units"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_changes" ADD CONSTRAINT "roster_changes_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_group" FOREIGN KEY ("workspace","group_id") REFERENCES "public"."groups"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_group_id" FOREIGN KEY ("workspace","group_id") REFERENCES "public"."groups"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seals" ADD CONSTRAINT "seals_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slots" ADD CONSTRAINT "slots_schedule" FOREIGN KEY ("workspace","schedule_id") REFERENCES "public"."schedules"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_links" ADD CONSTRAINT "task_links_part" FOREIGN KEY ("workspace","year","part") REFERENCES "public"."tasks"("workspace","year","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_links" ADD CONSTRAINT "task_links_whole" FOREIGN KEY ("workspace","year","whole") REFERENCES "public"."tasks"("workspace","year","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_plan" FOREIGN KEY ("workspace","year","prefix") REFERENCES "public"."plans"("workspace","year","prefix") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_aliases" ADD CONSTRAINT "unit_aliases_unit" FOREIGN KEY ("workspace","unit_id") REFERENCES "public"."units"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_members" ADD CONSTRAINT "unit_members_group" FOREIGN KEY ("workspace","group_id") REFERENCES "public"."units"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_members" ADD CONSTRAINT "unit_members_unit" FOREIGN KEY ("workspace","unit_id") REFERENCES "public"."units"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_task" FOREIGN KEY ("workspace","year","task") REFERENCES "public"."tasks"("workspace","year","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "updates" ADD CONSTRAINT "updates_person_id" FOREIGN KEY ("workspace","person_id") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "urgings" ADD CONSTRAINT "urgings_unit" FOREIGN KEY ("workspace","unit_id") REFERENCES "public"."units"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_person" ON "accounts" USING btree ("workspace","person_id");--> statement-breakpoint
CREATE INDEX "accounts_user" ON "accounts" USING btree ("platform","user_id");--> statement-breakpoint
CREATE INDEX "awaited_files_due" ON "awaited_files" USING btree ("workspace","not_before");--> statement-breakpoint
CREATE INDEX "awaited_files_person" ON "awaited_files" USING btree ("workspace","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_links_hash" ON "calendar_links" USING btree ("workspace","hash");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_key" ON "deliveries" USING btree ("workspace","key");--> statement-breakpoint
CREATE INDEX "deliveries_waiting" ON "deliveries" USING btree ("workspace","state","sequence");--> statement-breakpoint
CREATE INDEX "deliveries_group" ON "deliveries" USING btree ("workspace","group_id","sequence");--> statement-breakpoint
CREATE INDEX "deliveries_worded" ON "deliveries" USING btree ("workspace","created_at") WHERE "deliveries"."reply" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_message" ON "deliveries" USING btree ("workspace","platform_message_id");--> statement-breakpoint
CREATE UNIQUE INDEX "evidence_number" ON "evidence" USING btree ("workspace","year","task","number");--> statement-breakpoint
CREATE INDEX "evidence_report" ON "evidence" USING btree ("workspace","report");--> statement-breakpoint
CREATE INDEX "evidence_held" ON "evidence" USING btree ("workspace","person_id","chat_id") WHERE "evidence"."report" is null;--> statement-breakpoint
CREATE INDEX "evidence_content" ON "evidence" USING btree ("workspace","sha256","size");--> statement-breakpoint
CREATE UNIQUE INDEX "groups_chat" ON "groups" USING btree ("workspace","platform","account","chat_id");--> statement-breakpoint
CREATE INDEX "groups_of_chat" ON "groups" USING btree ("platform","account","chat_id");--> statement-breakpoint
CREATE INDEX "inbound_received" ON "inbound" USING btree ("workspace","received_at");--> statement-breakpoint
CREATE INDEX "people_unit" ON "people" USING btree ("workspace","unit_id");--> statement-breakpoint
CREATE INDEX "requests_state" ON "requests" USING btree ("workspace","state");--> statement-breakpoint
CREATE INDEX "requests_task" ON "requests" USING btree ("workspace","year","task");--> statement-breakpoint
CREATE INDEX "roster_changes_subject" ON "roster_changes" USING btree ("workspace","subject","sequence");--> statement-breakpoint
CREATE INDEX "rounds_state" ON "rounds" USING btree ("workspace","state");--> statement-breakpoint
CREATE INDEX "schedules_group" ON "schedules" USING btree ("workspace","group_id");--> statement-breakpoint
CREATE INDEX "slots_planned" ON "slots" USING btree ("workspace","schedule_id","planned_for");--> statement-breakpoint
CREATE UNIQUE INDEX "units_name" ON "units" USING btree ("workspace","name");--> statement-breakpoint
CREATE UNIQUE INDEX "updates_chain" ON "updates" USING btree ("workspace","year","task","number");--> statement-breakpoint
CREATE INDEX "updates_person" ON "updates" USING btree ("workspace","person_id","sequence");--> statement-breakpoint
CREATE INDEX "updates_message" ON "updates" USING btree ("workspace","platform","message_id");--> statement-breakpoint
CREATE INDEX "updates_at" ON "updates" USING btree ("workspace","at");--> statement-breakpoint
CREATE INDEX "updates_undoes" ON "updates" USING btree ("workspace","undoes") WHERE "updates"."undoes" is not null;--> statement-breakpoint
CREATE INDEX "urgings_day" ON "urgings" USING btree ("workspace","day");